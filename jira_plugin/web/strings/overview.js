// The overview, and ending a connection.

export const overview = {
  title: "Jira",
  lead: "Findings become tickets on your teams' boards.",
  connection: "Connection",
  site: "Site",
  account: "Jira account",
  username: "Jira user",
  version: "Jira version",
  since: "Connected since",
  by: "Connected by",
  reconnect: "Reconnect",
  disconnect: "Disconnect",
  invitation: "Connect your Jira site, choose where the tickets of each project go, and send a test ticket. It takes a few minutes.",
  handedOver: "A link to authorise Jira is handed over. It works until {time}.",
  siteWaits: "One step is left: choose the Jira site.",
  chooseSite: "Choose the site",
  dismiss: "Dismiss",
  mapping: "Project mapping",
  mapped: { one: "{mapped} of {count} project mapped", other: "{mapped} of {count} projects mapped" },
  noProjects: "There are no projects in Mayo ASPM yet. They can be mapped as soon as there are.",
  mapFirst: "Next: choose the Jira project and issue type for each of your projects.",
  mapMore: "Findings of mapped projects can become tickets. A test ticket shows that everything arrives as it should.",
  testTicket: "Send a test ticket",
  tickets: "Tickets",
};

export const relink = {
  title: "Tickets of another Jira",
  text: { one: "{count} finding has its ticket in another Jira than {site}. If the tickets were moved to {site}, they can be looked for there.",
          other: "{count} findings have their tickets in another Jira than {site}. If the tickets were moved to {site}, they can be looked for there." },
  start: "Look for the tickets",
  found: { one: "{count} ticket was found and linked anew.", other: "{count} tickets were found and linked anew." },
  missing: { one: "{count} ticket was not found; its finding stays linked to the old one:", other: "{count} tickets were not found; their findings stay linked to the old ones:" },
};

export const disconnect = {
  title: "Disconnect {site}?",
  text: "This is what will happen:",
  tokens: "The access tokens are deleted here, so they cannot be used any more. Atlassian has no way to revoke them from outside: to take the consent back as well, its giver removes Mayo ASPM under id.atlassian.com, Connected apps.",
  stops: "Findings do not become tickets any more until Jira is connected again.",
  tickets: "Tickets that exist stay in Jira as they are.",
  links: "The links from findings to their tickets are kept.",
  webhook: "The webhook is removed from Jira, so changes in Jira no longer arrive here.",
  tokensServer: "The access token is deleted here, so it cannot be used any more. To take the access back in Jira as well, its giver revokes it in the profile under View OAuth Access Tokens, or an administrator deletes the application link.",
  webhookByHand: "The webhook that a Jira admin created stays in Jira. It leads nowhere from then on; a Jira admin can delete it.",
  noWebhook: "No webhook is registered in Jira, so none has to be removed.",
  mappings: "Project and field mappings are kept for the next connection.",
  done: "{site} is disconnected.",
};
