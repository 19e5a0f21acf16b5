// The bearer token of this page: read once from the address, kept for this tab, sent in a header, never in an address.

const NEW_TOKEN_HEADER = "X-Branchwise-Token";

/** The answer was not what was asked for; `status` 0 means that nothing was heard. */
export class Unanswered extends Error {
  constructor(status, html) {
    super(`The site answered ${status}.`);
    this.status = status;
    this.html = html;
  }
}

export class Bearer {
  /** `name` keeps the pages of several activities in one tab apart. */
  constructor(name) {
    this.name = `branchwise:${name}`;
    this.token = takeFromAddress() || read(this.name);
    if (this.token) keep(this.name, this.token);
  }

  /** Asks the site. Every answer may carry a fresh token. */
  async ask(url, { method = "GET", body, accept = "text/html" } = {}) {
    let response;
    try {
      response = await fetch(url, {
        method,
        body,
        headers: { Accept: accept, Authorization: `Bearer ${this.token}` },
        credentials: "omit",
        cache: "no-store",
      });
    } catch {
      throw new Unanswered(0, "");
    }
    this.renew(response.headers.get(NEW_TOKEN_HEADER));
    return response;
  }

  renew(token) {
    if (!token) return;
    this.token = token;
    keep(this.name, token);
  }
}

function takeFromAddress() {
  const token = location.hash.slice(1);
  if (!token.includes(":")) return "";
  // Not in the history, not in a bookmark, not in what is copied from the address bar.
  history.replaceState(history.state, "", location.pathname + location.search);
  return decodeURIComponent(token);
}

function read(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return ""; // storage is refused: a reload then asks to open the activity again
  }
}

function keep(name, token) {
  try {
    sessionStorage.setItem(name, token);
  } catch {
    // the page itself holds it
  }
}
