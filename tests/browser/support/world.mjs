// The stand-in Jira Cloud and the stub host with the Jira plugin, in a directory of their own.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Program } from "./program.mjs";

const build = process.env.ASPM_BUILD || fileURLToPath(new URL("../../../build", import.meta.url));

/** The JSON of an answer; throws when it is none of 2xx. */
function asJson(method, address, answer) {
  if (answer.status >= 200 && answer.status < 300) return answer.text ? JSON.parse(answer.text) : null;
  throw new Error(`${method} ${address} was answered ${answer.status}: ${answer.text}`);
}

export class Jira {
  constructor(program, caFile, ca) {
    Object.assign(this, { program, caFile, ca, url: program.line });
  }

  /** A request to the control API of the stand-in, see tests/jira_sim/README.md. */
  control(method, path, body) {
    const text = body === undefined ? "" : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = https.request(this.url + path, { method, ca: this.ca,
        headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) } }, (answer) => {
        let all = "";
        answer.setEncoding("utf8").on("data", (piece) => (all += piece)).on("end", () => {
          try {
            resolve(asJson(method, path, { status: answer.statusCode, text: all }));
          } catch (error) {
            reject(error);
          }
        });
      });
      request.on("error", reject);
      request.end(text);
    });
  }

  async issues(query = "") {
    return (await this.control("GET", `/_sim/issues${query}`)).issues;
  }
  change(operation) {
    return this.control("POST", "/_sim/world", operation);
  }
  fault(spec) {
    return this.control("POST", "/_sim/faults", { fault: spec });
  }
  /** As a Jira admin deletes all webhooks. */
  async deleteWebhooks() {
    const { webhooks } = await this.control("GET", "/_sim/webhooks");
    for (const { id, site } of webhooks) await this.control("DELETE", `/_sim/webhooks/${id}?site=${encodeURIComponent(site)}`);
  }
  clearFaults() {
    return this.control("DELETE", "/_sim/faults");
  }
}

export class Host {
  constructor(program, token) {
    Object.assign(this, { program, token, url: program.line });
  }

  /** The control API of the stub host, see host_stub/README.md; path below /stub/api. */
  async control(method, path, body) {
    const answer = await fetch(`${this.url}/stub/api${path}`, {
      method, headers: { "X-Stub-Token": this.token, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return asJson(method, path, { status: answer.status, text: await answer.text() });
  }

  /** Signs in without a browser: {cookie, csrfHeader, csrfToken}. */
  session(user = "alice", organisation = "acme") {
    return this.control("POST", "/sessions", { organisation, user });
  }

  /** The plugin's settings API as a user; path below its mount. */
  async settings(method, path, body, user = "alice", organisation = "acme") {
    const session = await this.session(user, organisation);
    const answer = await fetch(`${this.url}/settings/integrations/jira/${path}`, {
      method, headers: { Cookie: session.cookie, [session.csrfHeader]: session.csrfToken, Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body), redirect: "manual",
    });
    return asJson(method, path, { status: answer.status, text: await answer.text() });
  }

  async project(key) {
    return (await this.control("POST", "/organisations/acme/projects", { key, name: key })).id;
  }
  async findings(project, findings) {
    return (await this.control("POST", "/organisations/acme/findings", { project, findings })).ids;
  }
}

/** Jira and host, ended and cleaned up by close(). Options: simulator arguments, configuration keys. */
export class World {
  static async start({ simulator = [], config = {} } = {}) {
    const world = new World();
    world.directory = await mkdtemp(join(tmpdir(), "aspm-browser-"));
    const at = (name) => join(world.directory, name);
    try {
      const sim = await Program.start(join(build, "bin/jira_sim"), ["--port", "0", "--ca-out", at("ca.pem"), ...simulator],
        "jira_sim listening on ", at("jira_sim.log"));
      world.jira = new Jira(sim, at("ca.pem"), await readFile(at("ca.pem")));
      await writeFile(at("host.json"), JSON.stringify({
        "jira.cloud.auth_url": world.jira.url, "jira.cloud.api_url": world.jira.url, "jira.cloud.client_id": "sim-client",
        "jira.cloud.client_secret": "sim-secret", "jira.tls.ca_file": at("ca.pem"), "jira.push.settle_seconds": "2", ...config,
      }), { mode: 0o600 });
      const stub = await Program.start(join(build, "bin/host_stub"), ["serve", "--plugin", join(build, "plugins/jira"),
        "--data", at("data"), "--port", "0", "--config", at("host.json")], "Ready: ", at("host_stub.log"));
      world.host = new Host(stub, JSON.parse(await readFile(at("data/host.json"), "utf8")).token);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** Connects acme to the stand-in without a browser. */
  async connect(user = "alice") {
    const { authorizeUrl } = await this.host.settings("POST", "api/connection/cloud/authorize", {}, user);
    const { location } = await this.jira.control("POST", "/_sim/consent", { url: authorizeUrl, decision: "accept" });
    const { pathname, search } = new URL(location);
    await this.host.settings("GET", (pathname + search).replace("/settings/integrations/jira/", ""), undefined, user);
  }

  /** The same where the stand-in is a Data Center: link, checks, consent. */
  async connectServer(user = "alice") {
    const link = await this.host.settings("GET", "api/connection/data-center", undefined, user);
    await this.jira.control("POST", "/_sim/applinks", { consumerKey: link.consumerKey, publicKey: link.publicKey });
    const { authorizeUrl } = await this.host.settings("POST", "api/connection/data-center/verify", { url: this.jira.url }, user);
    const { location } = await this.jira.control("POST", "/_sim/consent", { url: authorizeUrl, decision: "accept" });
    const { pathname, search } = new URL(location);
    await this.host.settings("GET", (pathname + search).replace("/settings/integrations/jira/", ""), undefined, user);
  }

  /** The guide's three mappings; the ids of the host's projects by key. */
  async mapProjects() {
    const ids = {};
    for (const [key, jiraProject, issueType] of [["payments-api", "PAY", "Bug"], ["auth-service", "AUTH", "Task"],
      ["mobile-app", "MOB", "Bug"]]) {
      ids[key] = await this.host.project(key);
      await this.host.settings("PUT", `api/mappings/${ids[key]}`, { jiraProject, issueType });
    }
    return ids;
  }

  async close() {
    await this.host?.program.stop();
    await this.jira?.program.stop();
    if (!process.env.ASPM_KEEP) await rm(this.directory, { recursive: true, force: true });
  }
}
