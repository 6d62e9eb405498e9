// The plugin's JSON API: CSRF token, errors for the reader, a lost session, streamed answers.

import { t } from "./strings.js";

/** What the API, or the way to it, says has failed. */
export class ApiError extends Error {
  constructor({ message, cause = "", remedy = "", code = "", field = "", details = [], status = 0 }) {
    super(message);
    Object.assign(this, { cause, remedy, code, field, details, status });
  }
}

export const isAbort = (error) => error?.name === "AbortError";

export class Api {
  /** @param mount path of the settings page, without '/' at its end */
  constructor(mount) {
    this.mount = mount;
    this.session = null;
    this.onSessionLost = () => {};
  }

  /** Who is here; asked for once, and again after the session was lost. */
  async openSession(signal) {
    const session = await this.get("session", { signal });
    const other = this.session && this.session.user.id !== session.user.id;
    if (other || (this.session && this.session.organisation.id !== session.organisation.id)) location.reload();
    this.session = session;
    return session;
  }

  get(path, options) { return this.json("GET", path, undefined, options); }
  post(path, body = {}, options) { return this.json("POST", path, body, options); }
  put(path, body, options) { return this.json("PUT", path, body, options); }
  delete(path, body, options) { return this.json("DELETE", path, body, options); }

  /** Sends text as it is, e.g. a CSV file. */
  upload(path, text, contentType, options = {}) {
    return this.json("POST", path, text, { ...options, contentType });
  }

  async json(method, path, body, options = {}) {
    const answer = await this.send(method, path, body, options);
    if (answer.status === 204) return null;
    try {
      return await this.#reached(() => answer.json());
    } catch (error) {
      throw error instanceof SyntaxError ? unexpected(answer) : error;
    }
  }

  /** The objects of an application/x-ndjson answer, one by one, as they arrive. */
  async *stream(method, path, body, options = {}) {
    const answer = await this.send(method, path, body, { ...options, accept: "application/x-ndjson, application/json" });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await this.#reached(() => reader.read());
      rest += value ?? "";
      const lines = rest.split("\n");
      rest = done ? "" : lines.pop();
      for (const line of lines) if (line.trim()) yield JSON.parse(line);
      if (done) return;
    }
  }

  /** The answer as a file for the browser's downloads. Returns its name. */
  async download(path, name, options = {}) {
    const answer = await this.send("GET", path, undefined, { accept: "*/*", ...options });
    const suggested = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    saveFile(await this.#reached(() => answer.blob()), suggested ? suggested[1] : name);
    return suggested ? suggested[1] : name;
  }

  /** The successful answer of a request; everything else is thrown as ApiError. */
  async send(method, path, body, options = {}) {
    let answer = await this.#fetch(method, path, body, options);
    if (answer.status === 403 && method !== "GET" && (await this.#tokenChanged()))
      answer = await this.#fetch(method, path, body, options);
    if (answer.ok) return answer;
    throw await this.#problem(answer);
  }

  #fetch(method, path, body, { signal, accept = "application/json", contentType = "application/json" }) {
    const headers = { Accept: accept };
    if (method !== "GET" && this.session) headers[this.session.csrf.header] = this.session.csrf.token;
    if (body !== undefined) headers["Content-Type"] = contentType;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    return this.#reached(() =>
      fetch(`${this.mount}/api/${path}`,
        { method, headers, body: text, signal, credentials: "same-origin", redirect: "manual" }));
  }

  /** The network's part of a request, from asking to the last byte; what was read may still be no JSON. */
  async #reached(work) {
    try {
      return await work();
    } catch (error) {
      if (isAbort(error) || error instanceof SyntaxError) throw error;
      throw new ApiError({ code: "unreachable", message: t("errors.unreachable"), remedy: t("errors.unreachableRemedy") });
    }
  }

  /** Signing in again, in another tab, makes a new token. */
  async #tokenChanged() {
    const before = this.session?.csrf.token;
    try {
      return before !== undefined && (await this.openSession()).csrf.token !== before;
    } catch {
      return false;
    }
  }

  async #problem(answer) {
    // The host sends a signed-out browser to its sign-in page, or says 401.
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      this.onSessionLost();
      return new ApiError({ code: "signed_out", status: 401, message: t("errors.signedOut"), remedy: t("errors.signedOutRemedy") });
    }
    const error = await answer.json().then((json) => json.error, () => null);
    if (error?.message) return new ApiError({ ...error, status: answer.status });
    return unexpected(answer);
  }
}

function unexpected({ status }) {
  return new ApiError({ code: "unexpected", status, message: t("errors.unexpected", { status }), remedy: t("errors.unexpectedRemedy") });
}

/** A query string of the values that are there: query({ a: 1, b: "" }) is "?a=1". */
export function query(values) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== "") search.set(name, value);
  const text = search.toString();
  return text ? `?${text}` : "";
}

export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
