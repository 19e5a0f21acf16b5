// `<scenario-player>`: draws what the session knows, moves focus after own actions, announces what arrives.
import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Action, Served, View } from "../../contract/player";
import { arrivalWords } from "./arrivals";
import { Countdown } from "./countdown";
import { briefing } from "./pages/about";
import { closingRow, endingPage } from "./pages/ending";
import { meterRow, notebookPanel, stopPanel, topBar } from "./pages/frame";
import { numberLike } from "./pages/question";
import { momentPage } from "./pages/moment";
import { statusWord, trouble } from "./pages/status";
import { timerRow } from "./pages/timer";
import { fetchPages, pagesOf, type RareName } from "./rare";
import { Reading } from "./reading";
import { phrase, rich, type Glossary } from "./rich";
import type { Screen } from "./screen";
import { Session, type Cause } from "./session";
import { styles } from "./styles";
import type { Transport } from "./transports/transport";
import { Words, fetchStrings, hasStrings, type Strings } from "./words";

export class ScenarioPlayer extends LitElement {
  static override properties = {
    transport: { attribute: false },
    strings: { attribute: false },
    langUi: { attribute: "lang-ui" },
    theme: { reflect: true },
    ltiResize: { type: Boolean, attribute: "lti-resize" },
    draftKey: { attribute: "draft-key" },
  };
  static override styles = unsafeCSS(styles);

  declare transport: Transport | undefined;
  /** The host's own UI texts, used before ours. */
  declare strings: Strings | undefined;
  /** Language of the buttons; without it, the language of the scenario. */
  declare langUi: string | undefined;
  /** "light" or "dark" where the page around is always so; else the reader's choice. */
  declare theme: "light" | "dark" | "auto" | undefined;
  /** Also tell an LMS around this frame the height (`lti.frameResize`). */
  declare ltiResize: boolean;
  /** Keeps the typed words of several players on one origin apart. */
  declare draftKey: string | undefined;

  private session: Session | undefined;
  private words = new Words("en");
  private wordsFor = "en";
  private wordsReady = true;
  private sent = "";
  private asked: Action["type"] | "" = "";
  private notice = "";
  private deliveryTold: string | undefined;
  private spoken = "";
  private readonly fetching = new Set<RareName>();
  private heldFocus = false;
  private focusing = "";
  private height = 0;
  private readonly sizes = new ResizeObserver(() => this.tellHeight());
  private readonly reading = new Reading(
    new Countdown(
      (spoken) => this.tick(spoken),
      () => this.timeIsUp(),
    ),
    () => this.draftKey ?? location.pathname,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    if (this.hasUpdated && this.transport && !this.session) this.open(this.transport);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.reading.clock.stop();
    this.session?.close();
    this.session = undefined;
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("transport") && this.isConnected) {
      this.session?.close();
      if (this.transport) this.open(this.transport);
    }
    const wanted = this.langUi || this.session?.served?.view.language || document.documentElement.lang || "en";
    if (changes.has("strings") || wanted !== this.wordsFor) this.speak(wanted);
    this.heldFocus = Boolean(this.shadowRoot?.activeElement);
  }

  protected override updated(): void {
    // An arrival may take away what had focus; the moment itself then holds it, without moving the page.
    if (this.heldFocus && !this.shadowRoot?.activeElement) this.find(".stage")?.focus({ preventScroll: true });
  }

  private open(transport: Transport): void {
    this.session = new Session(transport, (cause) => this.changed(cause));
    void this.session.load();
  }

  /** Nothing is drawn in the wrong language first: the page opens when its words are here. */
  private speak(wanted: string): void {
    this.wordsFor = wanted;
    this.wordsReady = hasStrings(wanted) || Boolean(this.strings);
    this.words = new Words(wanted, this.strings);
    if (this.wordsReady) return;
    void fetchStrings(wanted).then(() => {
      if (this.wordsFor !== wanted) return;
      this.words = new Words(wanted, this.strings);
      this.wordsReady = true;
      this.requestUpdate();
    });
  }

  // What the session tells

  private changed(cause: Cause): void {
    const served = this.session?.served;
    this.requestUpdate();
    if (cause === "status" || !served) return this.tellStatus();
    const before = this.reading.view;
    const moved = this.reading.arriveAt(served, cause, cause === "own" ? this.asked : "");
    this.sent = "";
    this.notice = this.noticeFor(served);
    if (cause === "own") void this.focusOn(FOCUS_AFTER[this.asked] ?? "[data-focus]");
    if (this.notice) this.warn(this.notice);
    else if (moved && cause !== "first") this.tellArrival(served.view, before, cause === "own");
    else this.tellDelivery(served);
    this.deliveryTold = served.delivery?.status;
    if (moved) this.tellProgress(served);
    else if (cause !== "refused" && this.reading.mayAskAboutTime()) setTimeout(() => void this.session?.load(), 2_000);
  }

  private tellArrival(view: View, before: View | undefined, own: boolean): void {
    const time = this.reading.clock.running ? ` ${this.words.say("seconds", { n: this.reading.clock.left })}` : "";
    const off = own && view.timer?.is_off && this.asked === "clock" ? this.words.say("timerIsOff") : "";
    this.announce(`${off}${arrivalWords(this.words, view, before, own)}${time}`.trim());
  }

  /** The grade's way to the gradebook is news that comes while the debrief is being read. */
  private tellDelivery(served: Served): void {
    const status = served.delivery?.status;
    if (status === "sent" || status === "confirmed") {
      const news = this.deliveryTold && status !== this.deliveryTold;
      if (news) this.announce(`${this.words.say("delivery")}: ${this.words.say(`delivery.${status}`)}`);
    }
  }

  private noticeFor(served: Served): string {
    if (!served.error_code && !served.error) return "";
    if (served.error_code === "play.not-a-number") {
      this.reading.answering.problem = this.words.say("needNumber", { example: numberLike(served.view) });
      return "";
    }
    if (served.error_code?.includes("stale")) return this.words.say("stale");
    return served.error || this.words.say("refused");
  }

  private tellStatus(): void {
    const connection = this.session?.connection;
    if (connection === "retrying") this.announce(this.words.say("retrying"));
    if (connection === "away" || connection === "ended") this.warn(this.words.say(connection));
  }

  private tellProgress(served: Served): void {
    this.emit("scenario-progress", { seq: served.view.seq });
    if (served.view.over) this.emit("scenario-finished", { grade: served.debrief?.grade?.ratio ?? undefined });
  }

  private tellHeight(): void {
    const height = Math.ceil(this.getBoundingClientRect().height);
    if (height === this.height || height === 0) return;
    this.height = height;
    this.emit("scenario-resize", { height });
    if (this.ltiResize && window.parent !== window) {
      // Every LMS may hear it: a height is no secret, and the parent's origin is not known here.
      window.parent.postMessage(JSON.stringify({ subject: "lti.frameResize", height }), "*");
    }
  }

  private emit(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private tick(spoken: boolean): void {
    if (spoken) this.announce(this.words.say("seconds", { n: this.reading.clock.left }));
    this.requestUpdate();
  }

  private timeIsUp(): void {
    this.announce(this.words.say("timeUp"));
    void this.session?.load();
  }

  // What the learner does

  private send(action: Action, sent = ""): void {
    void this.sendOne(action, sent);
  }

  /** Returns whether it was taken: stored, and not refused. */
  private async sendOne(action: Action, sent = ""): Promise<boolean> {
    const session = this.session;
    if (!session || session.busy) return false;
    this.sent = sent;
    this.asked = action.type;
    this.notice = "";
    await session.act(action);
    return session.connection === "quiet" && !session.served?.error_code;
  }

  private async sendAll(actions: Action[]): Promise<void> {
    for (const action of actions) {
      if (!(await this.sendOne(action))) return;
    }
  }

  private toggle(change: () => void, focus: string): void {
    change();
    this.requestUpdate();
    void this.focusOn(focus);
  }

  private announce(text: string): void {
    // The same words twice are news twice: a changed text node is what is spoken.
    this.spoken = text && text === this.spoken ? `${text}\u00a0` : text;
    this.requestUpdate();
  }

  /** Something went wrong with what was just pressed: its sentence must be seen, wherever the page stands. */
  private warn(text: string): void {
    this.announce(text);
    void this.updateComplete.then(() => this.find(".notice")?.scrollIntoView?.({ block: "nearest" }));
  }

  private async focusOn(selector: string): Promise<void> {
    this.focusing = selector;
    await this.updateComplete;
    if (selector) (this.find(selector) ?? this.find("[data-focus]"))?.focus();
  }

  private find(selector: string): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** Asked for while drawing: what is missing is fetched once, and drawn when it is there. */
  private fetch(name: RareName): null {
    if (this.fetching.has(name)) return null;
    this.fetching.add(name);
    void fetchPages(name)
      .then(() => this.arrived())
      .catch(() => this.session?.loseTouch(() => this.fetchAgain(name)));
    return null;
  }

  /** Leads the learner to what was missing, who may have gone elsewhere meanwhile: then nobody is called back. */
  private async arrived(): Promise<void> {
    const at = this.shadowRoot?.activeElement ?? document.activeElement;
    const led = this.focusing ? (this.find(this.focusing) ?? this.find("[data-focus]")) : null;
    this.requestUpdate();
    if (at === led || at === document.body) await this.focusOn(this.focusing);
  }

  private async fetchAgain(name: RareName): Promise<void> {
    this.fetching.delete(name);
    this.requestUpdate();
  }

  // Drawing

  private screen(served: Served): Screen {
    const { reading, words } = this;
    const glossary: Glossary = {
      entries: served.view.glossary ?? {},
      open: reading.openTerm,
      toggle: (term) => this.toggle(() => (reading.openTerm = reading.openTerm === term ? null : term), ""),
    };
    return {
      served,
      view: served.view,
      words,
      answering: reading.answering,
      busy: this.session?.busy ?? false,
      sent: this.sent,
      send: (action, sent) => this.send(action, sent),
      sendAll: (actions) => void this.sendAll(actions),
      changed: (focus = "") => this.toggle(() => reading.keepDraft(), focus),
      announce: (text) => this.announce(text),
      rare: (name) => pagesOf(name, this.shadowRoot) ?? this.fetch(name),
      rich: (tree) => rich(tree, glossary),
      phrase: (tree) => phrase(tree, glossary),
      url: (key) => served.media?.[key] ?? "",
    };
  }

  protected override render(): TemplateResult {
    const { words, session, wordsReady } = this;
    const served = wordsReady ? session?.served : null;
    return html`<div class="page" part="page" lang=${words.language} dir=${words.direction}>
      <div class="column">${served ? this.drawn(this.screen(served)) : this.opening()}</div>
      <div class="hidden" role="status">${this.spoken}</div>
    </div>`;
  }

  private opening(): TemplateResult | typeof nothing {
    const { session, words } = this;
    const waiting = !session || session.busy || session.connection === "quiet";
    return waiting ? html`<p class="loading">${words.say("loading")}</p>` : trouble(words, session);
  }

  private drawn(s: Screen): TemplateResult {
    const { reading, words } = this;
    const session = this.session as Session;
    const toggleNotebook = (): void => {
      reading.notebookOpen = !reading.notebookOpen;
      this.toggle(() => undefined, reading.notebookOpen ? "[data-notebook]" : ".tools button");
    };
    const stay = (): void => this.toggle(() => (reading.stopAsked = false), ".stop");
    return html`
      ${topBar(s, {
        status: statusWord(words, session, s.served),
        notebookOpen: reading.notebookOpen,
        toggleNotebook,
        opening: reading.briefs,
        askStop: () => this.toggle(() => (reading.stopAsked = true), "[data-stop]"),
      })}
      ${trouble(words, session)} ${this.notice ? html`<p class="notice">${this.notice}</p>` : nothing}
      ${reading.notebookOpen ? notebookPanel(s, toggleNotebook) : nothing} ${reading.stopAsked ? stopPanel(s, () => this.send({ type: "stop" }), stay) : nothing}
      <section class="stage" tabindex="-1" aria-busy=${s.busy}>
        ${keyed(`${reading.key}/${reading.lookingBack}/${reading.begun}`, this.stage(s))}
      </section>
    `;
  }

  private stage(s: Screen): TemplateResult {
    const { reading } = this;
    const { view, served } = s;
    if (view.about && reading.briefs) return briefing(s, view.about, () => this.toggle(() => reading.begin(), "[data-focus]"));
    const restart = served.can_start_again && this.transport?.restart ? () => void this.session?.restart() : null;
    const debrief = served.debrief ? s.rare("debrief") : null; // fetched at the ending, before anybody asks for it
    if (served.debrief && view.over && reading.lookingBack) return debrief ? debrief.debriefPage(s, served.debrief, restart) : this.loading();
    const lookBack = served.debrief ? () => this.toggle(() => (reading.lookingBack = true), "[data-focus]") : null;
    if (view.ending) return endingPage(s, view.ending, { lookBack, restart });
    return html`${meterRow(s)} ${timerRow(s, reading.clock)} ${momentPage(s)} ${closingRow(s, { lookBack, restart })}`;
  }

  private loading(): TemplateResult {
    return html`<p class="loading" tabindex="-1" data-focus>${this.words.say("loading")}</p>`;
  }
}

/** Where the learner's attention is after an action that stays in its place; everything else leads to a new moment. */
const FOCUS_AFTER: Partial<Record<Action["type"] | "", string>> = {
  hint: "[data-hint]",
  clock: "[data-clock]",
  say: "#words",
  tick: "[data-goals]",
  reflect: "",
};
