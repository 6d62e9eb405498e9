// Addresses below the mount: history, unsaved changes, focus. One page is shown at a time.

/** Something that changes an address must first be allowed to by whoever has unsaved changes. */
export class Router {
  #mount;
  #show;
  #mayLeave;
  #index = 0;
  #address = "";
  #unsaved = () => false;
  #returning = false;

  /**
   * @param show called with (path, query) when another page is to be shown
   * @param mayLeave asks the user; a promise of true or false
   */
  constructor(mount, show, mayLeave) {
    this.#mount = mount;
    this.#show = show;
    this.#mayLeave = mayLeave;
  }

  start() {
    this.#index = history.state?.index ?? 0;
    history.replaceState({ index: this.#index }, "");
    addEventListener("popstate", (event) => this.#moved(event));
    addEventListener("beforeunload", (event) => {
      if (this.#unsaved()) event.preventDefault();
    });
    document.addEventListener("click", (event) => this.#clicked(event));
    this.#open();
  }

  /** true, false, or a function that says whether the page holds changes that are not saved. */
  setUnsaved(unsaved) {
    this.#unsaved = typeof unsaved === "function" ? unsaved : () => unsaved;
  }

  /** The address of a page, for links: href("/connect"). */
  href(path) {
    return this.#mount + path;
  }

  async go(path, { replace = false } = {}) {
    if (!(await this.#allowed())) return false;
    if (!replace) this.#index += 1;
    history[replace ? "replaceState" : "pushState"]({ index: this.#index }, "", this.href(path));
    this.#open();
    return true;
  }

  /** Changes the query of the shown page without showing it anew, e.g. for filters. */
  setQuery(query) {
    history.replaceState({ index: this.#index }, "", location.pathname + query);
    this.#address = location.pathname + location.search;
  }

  async #allowed() {
    if (!this.#unsaved()) return true;
    if (!(await this.#mayLeave())) return false;
    this.#unsaved = () => false;
    return true;
  }

  async #moved(event) {
    const index = event.state?.index ?? 0;
    if (this.#returning) {
      this.#returning = false;
      return;
    }
    if (location.pathname + location.search === this.#address) return; // only the part after '#'
    const steps = index - this.#index;
    if (this.#unsaved() && steps !== 0) {
      this.#returning = true;
      history.go(-steps);
      if (await this.#allowed()) history.go(steps);
      return;
    }
    this.#index = index;
    this.#open();
  }

  #clicked(event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || !isBelow(url.pathname, this.#mount)) return;
    if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
    event.preventDefault();
    this.go(url.pathname.slice(this.#mount.length) + url.search);
  }

  #open() {
    this.#address = location.pathname + location.search;
    this.#unsaved = () => false;
    const path = location.pathname.slice(this.#mount.length).replace(/\/+$/, "") || "/";
    this.#show(path, new URLSearchParams(location.search));
  }
}

function isBelow(path, mount) {
  return path === mount || path.startsWith(`${mount}/`);
}
