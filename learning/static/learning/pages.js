// Fills the empty shell: asks for the content of this address with the bearer, follows links and forms inside.

import { Bearer, Unanswered } from "./bearer.js";

export class Pages {
  /** `arrived(content, pages)` is called each time new content stands. */
  constructor(arrived) {
    this.bearer = new Bearer(`${document.body.dataset.kind}:${document.body.dataset.page}`);
    this.content = document.getElementById("content");
    this.arrived = arrived;
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("popstate", () => void this.open());
    if (window.parent !== window) new ResizeObserver(tellHeight).observe(document.documentElement);
  }

  /** Shows the content of the current address. */
  async open() {
    if (!this.bearer.token) return this.put(templateOf("missing"));
    await this.show(this.here(), {});
  }

  here() {
    return location.pathname + location.search;
  }

  /** Shows what `url` answers; without an answer, does what is said, or tells so in its place. */
  async show(url, options, unanswered = () => this.put(templateOf("offline"))) {
    this.content.setAttribute("aria-busy", "true");
    try {
      const response = await this.bearer.ask(url, options);
      this.put(parse(await response.text()));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      unanswered();
    } finally {
      this.content.removeAttribute("aria-busy");
    }
  }

  put(nodes) {
    this.content.replaceChildren(nodes);
    const page = this.content.firstElementChild;
    if (page?.lang) document.documentElement.lang = page.lang;
    if (page?.dir) document.documentElement.dir = page.dir;
    if (page?.dataset.title) document.title = page.dataset.title;
    localTimes(this.content);
    const focus = this.content.querySelector("[data-focus]") ?? this.content.querySelector("h1");
    if (focus) {
      focus.tabIndex = -1;
      focus.focus({ preventScroll: !focus.hasAttribute("data-focus") });
    }
    this.arrived(this.content, this);
  }

  clicked(event) {
    const element = event.target instanceof Element ? event.target.closest("a[data-inside], [data-again]") : null;
    if (!element || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (element.matches("a")) {
      history.pushState(null, "", element.getAttribute("href"));
      window.scrollTo(0, 0);
    }
    void this.open();
  }

  submitted(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-post]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    enable(form, false);
    void this.show(form.getAttribute("action") || this.here(), { method: "POST", body }, () => tellUnsent(form));
  }
}

// An LMS that listens makes its frame as tall as the whole page, bars and all: two scroll bars hide the end of a debrief.
function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  window.parent.postMessage(JSON.stringify({ subject: "lti.frameResize", height }), "*");
}

// The site sends times in UTC; whoever reads them lives somewhere.
function localTimes(content) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of content.querySelectorAll("time[datetime]")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

function parse(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const nodes = document.createDocumentFragment();
  nodes.append(...document.adoptNode(read.body).childNodes);
  return nodes;
}

export function templateOf(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function enable(form, yes) {
  for (const button of form.querySelectorAll("button")) button.disabled = !yes;
}

/** What was written in `form` stays, and can be sent again. */
function tellUnsent(form) {
  form.querySelector("[data-unsent]")?.remove();
  form.prepend(templateOf("unsent"));
  enable(form, true);
}
