// What is open, half-written or running at the moment being read; forgotten when the attempt moves on.
import type { Action, Served, View } from "../../contract/player";
import { Countdown } from "./countdown";
import { keep, kept } from "./kept";
import { emptyAnswering, restoreAnswer, type Answering } from "./screen";
import type { Cause } from "./session";

export class Reading {
  answering: Answering = emptyAnswering();
  view: View | undefined;
  begun = false;
  lookingBack = false;
  notebookOpen = false;
  stopAsked = false;
  openTerm: object | null = null;
  /** Changes with every new moment, so that nothing of the one before is drawn into it. */
  key = "";

  private moment = "";
  private attempt = 1;
  private draft = "";
  private reasked = 0;

  constructor(
    readonly clock: Countdown,
    private readonly draftKey: () => string,
  ) {}

  /** Returns whether `served` is a new step. `asked` is the action that led to it, where it was the learner's own. */
  arriveAt(served: Served, cause: Cause, asked: Action["type"] | ""): boolean {
    const { view } = served;
    const attempt = served.attempt ?? 1;
    const moment = `${attempt}/${view.seq}`;
    const moved = this.moment !== moment;
    const goesOn = attempt === this.attempt && goesOnFrom(this.view, view, asked);
    this.view = view;
    if (!moved) return false;
    this.moment = moment;
    this.attempt = attempt;
    if (!goesOn) this.key = moment;
    this.beginAnswer(draftOf(view, moment));
    this.stopAsked = this.notebookOpen = false;
    this.openTerm = null;
    this.lookingBack = view.over === true && cause === "first";
    if (view.seq === 0 && cause === "own") this.begun = false;
    this.reasked = 0;
    this.startClock();
    return true;
  }

  /** The briefing stands before the first scene, also where the host has arranged something already. */
  get briefs(): boolean {
    return Boolean(this.view?.about) && !this.begun;
  }

  begin(): void {
    this.begun = true;
    this.startClock();
  }

  keepDraft(): void {
    keep(this.draftName(), this.answering.text);
  }

  /** At zero the host decides; if its clock runs a little behind ours, it is asked again, a few times. */
  mayAskAboutTime(): boolean {
    if (!this.isTimed() || this.clock.running || this.reasked >= 3) return false;
    this.reasked += 1;
    return true;
  }

  private isTimed(): boolean {
    const { view } = this;
    return Boolean(view?.timer) && !view?.timer?.is_off && view?.stage === "scene" && !this.briefs;
  }

  private startClock(): void {
    if (this.isTimed()) this.clock.start(this.view?.timer?.seconds ?? 0);
    else this.clock.stop();
  }

  /** A hint, a tick or a saved thought is still the same question: what was begun stays until it is sent. */
  private beginAnswer(draft: string): void {
    if (draft === this.draft) return;
    if (this.draft) keep(this.draftName(), "");
    this.draft = draft;
    this.answering = emptyAnswering();
    this.answering.text = kept(this.draftName());
    const question = this.view?.question;
    if (question) this.key = draft;
    if (question && question.type !== "single") restoreAnswer(this.answering, question);
  }

  private draftName(): string {
    return `branchwise:${this.draftKey()}:${this.draft}`;
  }
}

/** Names what is being put together: one try of a question, one turn of a conversation, one reflection. */
function draftOf(view: View, moment: string): string {
  const [attempt] = moment.split("/");
  if (view.question) return `${attempt}/${view.scene}/${view.question.tries_left ?? 1}`;
  if (view.kind === "roleplay") return `${attempt}/${view.scene}/${view.roleplay?.turns ?? 0}`;
  return view.kind === "reflection" ? `${attempt}/${view.scene}` : moment;
}

/** A conversation or a reflection goes on in its place; so does a decision whose clock was switched. */
function goesOnFrom(before: View | undefined, view: View, asked: Action["type"] | ""): boolean {
  if (before?.scene !== view.scene || before.kind !== view.kind) return false;
  return view.kind === "roleplay" ? before.awaits !== "judgement" && view.stage !== "match" : view.kind === "reflection" || asked === "clock";
}
