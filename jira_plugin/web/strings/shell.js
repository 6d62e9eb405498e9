// The frame, errors, and what several pages share.

export const shell = {
  product: "Jira integration",
  back: "Settings",
  skip: "Skip to content",
  navigation: "Jira settings",
  title: "{page} · Jira integration",
  tryAgain: "Try again",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "The browser does not allow copying. Select the text and copy it yourself.",
  opensTab: "(opens in a new tab)",
  working: "Working…",
  messages: "Messages",
  notFound: "There is no such page",
  notFoundLead: "The address leads nowhere.",
  toOverview: "To the overview",
  noRole: "The Jira settings are for admins",
  notConnected: "Jira is not connected yet",
  notConnectedText: "This page shows what is in Jira, so Jira must be connected first.",
  notConnectedMember: "This page shows what is in Jira. An admin of {organisation} must connect it first.",
  connectJira: "Connect Jira",
  unsavedTitle: "Leave without saving?",
  unsavedText: "You have changes on this page that are not saved. They are lost if you leave.",
  unsavedLeave: "Leave without saving",
  unsavedStay: "Stay on this page",
  signedOut: "You are not signed in any more.",
  signedOutText: "What you typed is still here. Sign in again in the new tab, then come back and go on.",
  signInAgain: "Sign in again",
  signedInAgain: "You are signed in again. Go on where you were.",
};

export const nav = {
  overview: "Overview",
  connect: "Connect",
  projects: "Project mapping",
  fields: "Field mapping",
  sync: "Sync",
  test: "Test ticket",
  activity: "Activity",
  troubleshooting: "Troubleshooting",
  authorize: "Authorize Jira",
  finding: "Ticket of a finding",
};

export const errors = {
  unreachable: "The server did not answer.",
  unreachableRemedy: "Check your network connection, then try again. What you typed is still here.",
  signedOut: "You are not signed in any more.",
  signedOutRemedy: "Sign in again in a new tab, then repeat this. What you typed is still here.",
  unexpected: "The server gave an answer that this page does not understand (status {status}).",
  unexpectedRemedy: "Try again. If it stays, the host's log has the reason.",
  page: "This page could not be shown.",
  pageRemedy: "Load it again. If it stays, the browser's console has the reason.",
};

export const combobox = {
  searching: "Searching…",
  nothing: "Nothing matches “{query}”.",
  empty: "There is nothing to choose.",
  found: { one: "{count} result.", other: "{count} results." },
  more: { one: "{count} result so far. Scroll for more, or type to narrow it down.",
          other: "{count} results so far. Scroll for more, or type to narrow them down." },
  failed: "The search failed. {message}",
  clear: "Clear {label}",
};

export const dialog = {
  type: "Type {expected} to confirm",
  mismatch: "This is not the same text.",
};

export const saveBar = {
  unsaved: { one: "{count} unsaved change", other: "{count} unsaved changes" },
  discard: "Discard",
  saving: "Saving…",
};

export const states = {
  not_configured: "Not configured",
  not_connected: "Not connected",
  connecting: "Connecting",
  connected: "Connected",
  needs_attention: "Needs attention",
};

export const webhookStates = {
  off: "Off", registering: "Registering", unproven: "Nothing heard yet", healthy: "Healthy", manual: "To be created by hand", refused: "Refused by Jira",
  missing: "Missing", disabled: "Switched off in Jira", expired: "Expired", wrong: "Changed in Jira", deaf: "Receives nothing",
};

export const severities = { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" };

export const pushStates = { created: "Created", queued: "Queued", waiting: "Waiting", in_doubt: "In doubt", parked: "Failed" };
