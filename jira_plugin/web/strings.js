// Every text of the pages in one place. To translate: replace the texts, keep the names and the {values}.
// A text that depends on a number is an object with the plural forms of the language: { one, other }.

const language = "en";

const texts = {
  shell: {
    product: "Jira integration",
    back: "Settings",
    skip: "Skip to content",
    navigation: "Jira settings",
    title: "{page} · Jira integration",
    loading: "Loading…",
    tryAgain: "Try again",
    close: "Close",
    cancel: "Cancel",
    save: "Save",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "The browser does not allow copying. Select the text and copy it yourself.",
    opensTab: "(opens in a new tab)",
    working: "Working…",
    notFound: "There is no such page",
    notFoundLead: "The address leads nowhere.",
    toOverview: "To the overview",
    noRole: "The Jira settings are for admins",
    notConnected: "Jira is not connected yet",
    notConnectedText: "This page shows what is in Jira, so Jira must be connected first.",
    notConnectedMember: "This page shows what is in Jira. An admin of {organisation} must connect it first.",
    notConfiguredText: "The platform's operator must set up the OAuth app first.",
    connectJira: "Connect Jira",
    unsavedTitle: "Leave without saving?",
    unsavedText: "You have changes on this page that are not saved. They are lost if you leave.",
    unsavedLeave: "Leave without saving",
    unsavedStay: "Stay on this page",
    signedOut: "You are not signed in any more.",
    signedOutText: "What you typed is still here. Sign in again in the new tab, then come back and go on.",
    signInAgain: "Sign in again",
    signedInAgain: "You are signed in again. Go on where you were.",
  },
  nav: {
    overview: "Overview",
    connect: "Connect",
    projects: "Project mapping",
    fields: "Field mapping",
    test: "Test ticket",
    activity: "Activity",
    troubleshooting: "Troubleshooting",
    authorize: "Authorize Jira",
  },
  errors: {
    unreachable: "The server did not answer.",
    unreachableRemedy: "Check your network connection, then try again. What you typed is still here.",
    signedOut: "You are not signed in any more.",
    signedOutRemedy: "Sign in again in a new tab, then repeat this. What you typed is still here.",
    unexpected: "The server gave an answer that this page does not understand (status {status}).",
    unexpectedRemedy: "Try again. If it stays, the host's log has the reason.",
    page: "This page could not be shown.",
    pageRemedy: "Load it again. If it stays, the browser's console has the reason.",
  },
  combobox: {
    searching: "Searching…",
    nothing: "Nothing matches “{query}”.",
    empty: "There is nothing to choose.",
    found: { one: "{count} result.", other: "{count} results." },
    more: { one: "{count} result so far. Scroll for more, or type to narrow it down.",
            other: "{count} results so far. Scroll for more, or type to narrow them down." },
    failed: "The search failed. {message}",
    clear: "Clear {label}",
    show: "Show choices for {label}",
  },
  dialog: {
    type: "Type {expected} to confirm",
    mismatch: "This is not the same text.",
  },
  overview: {
    title: "Jira",
    lead: "Findings become tickets on your teams' boards.",
    connection: "Connection",
    site: "Site",
    account: "Jira account",
    since: "Connected since",
    by: "Connected by",
    webhook: "Webhook",
    webhooks: { off: "Off", healthy: "Healthy", deaf: "Receives nothing", missing: "Missing" },
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
  },
  disconnect: {
    title: "Disconnect {site}?",
    text: "This is what will happen:",
    tokens: "The access tokens are revoked at Atlassian and deleted here.",
    stops: "Findings do not become tickets any more until Jira is connected again.",
    tickets: "Tickets that exist stay in Jira as they are.",
    links: "The links from findings to their tickets are kept.",
    webhook: "The webhook is removed from Jira, so changes in Jira no longer arrive here.",
    noWebhook: "No webhook is registered in Jira, so none has to be removed.",
    mappings: "Project and field mappings are kept for the next connection.",
    done: "{site} is disconnected.",
  },
  connect: {
    title: "Connect Jira",
    lead: "One connection serves all projects of your organisation.",
    titleAgain: "Reconnect Jira",
    leadAgain: "{site} is connected. Authorising again replaces its tokens; mappings and tickets stay.",
    previous: "{site} was connected before. To go on with it, choose the same site again.",
    adminOnly: "Only an admin can connect Jira.",
    askAdmin: "Ask an admin of {organisation} to connect Jira.",
    deployment: "Which Jira do you use?",
    cloud: "Jira Cloud",
    cloudText: "Your Jira is at a name that ends in .atlassian.net. Uses OAuth 2.0.",
    dataCenter: "Jira Data Center",
    dataCenterText: "Your organisation runs Jira itself. Not yet available in this version.",
    authorize: "Authorize Mayo ASPM",
    authorizeText: "Atlassian asks you to choose a site and to accept these permissions. You need Jira admin rights.",
    authorizeButton: "Authorize with Atlassian",
    done: "Jira is connected",
    doneText: "Mayo ASPM works with {site} as {account}. Next: choose where the tickets of each project go.",
    anAccount: "the account that authorised it",
    mapProjects: "Map your projects",
    noProjects: "No Jira projects found",
    noProjectsText: "The Jira account may not have access to any project. Give it access in Jira, or reconnect with another account.",
    check: "Run the checks",
  },
  permissions: {
    title: "Permissions that Mayo ASPM asks for",
    permission: "Permission",
    why: "Why it's needed",
    projects: "Read Jira project data",
    projectsWhy: "To list available projects and issue types",
    issues: "Create and edit issues",
    issuesWhy: "To create and update security tickets",
    comments: "Read and write issue comments",
    commentsWhy: "To add context and sync status changes",
    users: "Read user data",
    usersWhy: "To populate assignee dropdowns",
    webhooks: "Manage webhooks",
    webhooksWhy: "To receive status-change events for bi-directional sync",
  },
  consent: {
    waiting: "Waiting for Atlassian",
    waitingText: "Choose the site and accept in the window that opened. This page goes on by itself.",
    showWindow: "Show the window",
    closed: "The window is closed, and no answer from Atlassian has arrived",
    closedText: "If you closed it before accepting, authorise again. If you have just accepted, wait a moment.",
    blocked: "The browser blocked the pop-up",
    blockedText: "You can authorise in this window instead; you come back here afterwards. For the next time, allow pop-ups for this site and for id.atlassian.com.",
    here: "Continue in this window",
  },
  sites: {
    title: "Choose the Jira site",
    text: "Your consent covers these sites. An organisation connects to one of them.",
    legend: { one: "{count} site", other: "{count} sites" },
    none: "Choose a site first.",
    connect: "Connect this site",
    otherTitle: "Connect {site} instead?",
    otherText: "Tickets that exist stay linked to the old site. Project mappings must be checked, because the new site has other projects.",
    otherConfirm: "Connect {site}",
  },
  handover: {
    title: "No Jira admin rights?",
    text: "Hand this one step over. With the link, any signed-in member of your organisation can authorise Jira, and do nothing else. It works once and for one day; you are told when it is done.",
    create: "Create a link",
    another: "Create a new link",
    copy: "Copy the link",
    link: "Link for your Jira admin",
    until: "Works until {time}",
    once: "The link is shown only now. Copy it and send it to your Jira admin.",
    open: "{name} created a link ({time})",
    openText: "Nobody has used it yet. It works until {time}. The link itself cannot be shown again.",
    choosing: "Atlassian has the consent; the site is being chosen.",
    done: "{name} connected Jira with the link that was handed over",
    revoke: "Revoke the link",
    revoked: "The link does not work any more.",
    replaceTitle: "Replace the link?",
    replaceText: "The link that is open now stops working.",
    replace: "Replace the link",
    somebody: "Somebody",
  },
  authorize: {
    title: "Authorize Jira",
    lead: "Connects the Jira of {organisation} to Mayo ASPM.",
    asked: "{name} asks you to authorise Jira",
    askedText: "You need Jira admin rights. The link works once, until {time}. It gives you no other rights in Mayo ASPM.",
    done: "{organisation} is connected to Jira",
    doneText: "Thank you, nothing more is needed. The admin who asked you is told. You can close this page.",
    reopen: "Open the link once more",
    reopenText: "This window does not know which link you came from. Open the link that you were given to go on.",
  },
  activity: {
    title: "Activity",
    lead: "Every ticket that was asked for, where it stands, and why.",
    refresh: "Refresh",
    state: "State",
    anyState: "Any state",
    project: "Project",
    anyProject: "All projects",
    text: "Search",
    textHint: "Part of a title, or a ticket's key",
    causes: "Same reason, same remedy",
    count: { one: "{count} finding", other: "{count} findings" },
    showThese: "Show these",
    showAll: "Show all",
    retryAll: "Retry all of these",
    pushes: "Tickets asked for",
    ofCause: "Tickets with this reason",
    finding: "Finding",
    severity: "Severity",
    reason: "Reason",
    ticket: "Ticket",
    retry: "Retry",
    retryOf: "Retry {title}",
    more: "Show more",
    nothing: "Nothing to show. Create tickets from the findings, or change the filter.",
    queued: { one: "{count} finding is queued again.", other: "{count} findings are queued again." },
    asked: "Asked for by {user}, {time}. Attempts: {attempts}.",
    askedByPolicy: "Asked for by a policy, {time}. Attempts: {attempts}.",
    why: "Why was this finding not pushed?",
    whyFinding: "Finding",
    whyHint: "Search by title, rule or id",
  },
  test: {
    title: "Test ticket",
    lead: "Creates a ticket labelled mayo-aspm-test in Jira and shows what arrived, field by field.",
    send: "Send Test Ticket",
    sending: "Sending…",
    target: "{jira} ({name}), {type}",
    notYours: "For admins of this project",
    nothingMapped: "No project is mapped yet",
    nothingMappedText: "A test ticket goes where the tickets of a project go. Map a project first.",
    arrived: "The test ticket of {project} is there.",
    same: "Everything arrived as it was sent. Your Jira integration is ready.",
    differs: "The ticket is there, but Jira stored some fields differently.",
    states: {
      sending: "The ticket is being created.",
      deleted: "The test ticket is deleted.",
      gone: "The test ticket is not in Jira any more.",
      in_doubt: "Jira's answer was lost; the ticket is being looked for.",
      failed: "The test ticket was not created.",
    },
    readAgain: "Read again from Jira",
    delete: "Delete the test ticket",
    orLeave: "or leave it: it is labelled mayo-aspm-test.",
    deleted: "The test ticket is deleted from Jira.",
    deletedAt: "deleted {time}",
    comparison: "What was sent and what Jira stored",
    field: "Field",
    sent: "Sent",
    stored: "Stored in Jira",
    result: "Result",
    verdicts: { same: "Same", differs: "Differs", missing: "Missing" },
    empty: "empty",
  },
  troubleshooting: {
    title: "Troubleshooting",
    lead: "Finds out by itself what is wrong between Mayo ASPM and Jira, and what to do.",
    checks: "Checks",
    run: "Run the checks",
    running: "Checking…",
    before: "These are checked, in this order: {checks}.",
    ofProject: "{title}: {project}",
    took: "{ms} ms",
    states: { ok: "OK", warning: "Warning", failed: "Failed", skipped: "Not checked", running: "Checking" },
    failed: { one: "{count} check failed.", other: "{count} checks failed." },
    warned: { one: "{count} warning.", other: "{count} warnings." },
    readBelow: "Below is what was found, why it is so, and what to do.",
    allGood: "Everything that was checked is in order.",
    popUps: "Pop-ups",
    popUpsText: "Your browser decides this when you authorise. Pop-ups must be allowed for this site and for id.atlassian.com; otherwise the page offers to go on in the same window.",
    known: "Usual problems",
    problem: "Problem",
    solution: "Solution",
    problems: {
      redirect: "OAuth redirect fails",
      projects: "“No Jira projects found”",
      ticket: "Test ticket not appearing",
      webhook: "Webhook not working",
    },
    solutions: {
      redirect: "Ensure pop-ups are allowed for id.atlassian.com.",
      projects: "Your Jira user may not have access to any projects. Ask a Jira admin for access, or reconnect with another account.",
      ticket: "Check the Jira project's workflow allows the default status, and that the board shows it.",
      webhook: "Verify the webhook URL is reachable from your Jira instance.",
    },
    bundle: "Support bundle",
    bundleText: "One file with versions, settings, checks and the last errors. It holds no secrets and no text of findings.",
    download: "Download",
    copy: "Copy support bundle",
    downloaded: "{name} is saved.",
  },
  states: {
    not_configured: "Not configured",
    not_connected: "Not connected",
    connecting: "Connecting",
    connected: "Connected",
    needs_attention: "Needs attention",
  },
  severities: { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" },
  pushStates: { created: "Created", queued: "Queued", waiting: "Waiting", in_doubt: "In doubt", parked: "Failed" },
};

const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

function find(key) {
  return key.split(".").reduce((place, name) => (place && Object.hasOwn(place, name) ? place[name] : undefined), texts);
}

/** The text of that name with its {values} put in; `count` also chooses the plural form. */
export function t(key, values = {}) {
  let text = find(key);
  if (text && typeof text === "object") text = text[rules.select(values.count ?? 0)] ?? text.other;
  if (typeof text !== "string") throw new RangeError(`There is no text named ${key}.`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === null || value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : String(value);
  });
}

/** Whether there is a text of that name: for words that come from the API. */
export const hasText = (key) => find(key) !== undefined;

export const number = (value) => numbers.format(value);

const dateTimes = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const fullDateTimes = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** "2026-03-01T10:00:00Z" in the time zone of whoever looks. */
export const dateTime = (iso) => (iso ? dateTimes.format(new Date(iso)) : "");

/** The same with day of the week and the zone's name, for a title. */
export const fullDateTime = (iso) => (iso ? fullDateTimes.format(new Date(iso)) : "");

/** A day without a time, e.g. a due date: the same day everywhere. */
export const day = (date) => (date ? days.format(new Date(`${date}T00:00:00Z`)) : "");

const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** "3 hours ago", "in 5 minutes". */
export function ago(iso, now = Date.now()) {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / size), unit);
}
