// Polish only: every page works without this. Times in the viewer's zone, one box that ticks all, and parts of a
// page that follow a push while it is under way.
"use strict";

const firstPauseMs = 700;
const longestPauseMs = 8000;
const ticketPauseMs = 3000;

function showLocalTimes(root) {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.title = time.textContent.trim();
    time.textContent = format.format(new Date(time.dateTime));
  }
}

function offerTickAll() {
  const all = document.getElementById("tick-all");
  const boxes = () => [...document.querySelectorAll("input[name=finding]")];
  if (!all || boxes().length === 0) return;
  all.closest("label").hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  document.addEventListener("change", (event) => {
    if (event.target.name === "finding") all.checked = boxes().every((box) => box.checked);
  });
}

/** Puts the live parts of a newer version of this page in place of those shown. */
function takeOver(html) {
  const newer = new DOMParser().parseFromString(html, "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const part = newer.getElementById(old.id);
    if (!part) continue;
    showLocalTimes(part);
    if (part.isEqualNode(old)) continue;
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(document.adoptNode(part));
    if (hadFocus) {
      part.tabIndex = -1;
      part.focus();
    }
  }
}

let follower = 0;

/**
 * Loads the page again and again: more and more rarely until nothing on it is under way any more, steadily while it
 * shows a ticket and somebody looks.
 */
function follow(pauseMs) {
  clearTimeout(follower);
  const isBusy = document.querySelector("[data-busy]") !== null;
  if (!isBusy && !document.querySelector("[data-follow]")) return;
  follower = setTimeout(async () => {
    if (isBusy || document.visibilityState === "visible") await lookAgain();
    follow(isBusy ? Math.min(pauseMs * 1.4, longestPauseMs) : ticketPauseMs);
  }, isBusy ? pauseMs : ticketPauseMs);
}

async function lookAgain() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) takeOver(await answer.text());
  } catch {
    // The host may be back at the next try.
  }
}

/** "Create ticket" on the page of a finding: its result appears in the page. */
async function pushHere(event) {
  const form = event.target;
  if (!form.closest("#ticket") || form.method !== "post") return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      body: new URLSearchParams(new FormData(form)),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    takeOver(await answer.text());
    const ticket = document.getElementById("ticket");
    ticket.tabIndex = -1; // the button is gone, and the keyboard must not be lost with it
    ticket.focus();
    follow(firstPauseMs);
  } catch {
    form.submit(); // the plain way shows what is wrong as a page
  }
}

showLocalTimes(document);
offerTickAll();
document.addEventListener("submit", pushHere);
follow(firstPauseMs);
