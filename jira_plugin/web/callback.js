// Runs where Atlassian sends the browser back to: tells the page that waits, then makes way.

const progress = new Set(["connected", "connected_without_projects", "choose_site", "confirm_other_site"]);
const { result = "", message = "", remedy = "", next = "" } = document.body.dataset;

new BroadcastChannel("mayo-aspm-jira").postMessage({ result, message, remedy });

if (window.name === "mayo-aspm-jira-consent") window.close();
else if (progress.has(result) && isOurs(next)) location.replace(next);

function isOurs(address) {
  return address !== "" && new URL(address, location.href).origin === location.origin;
}
