// What is open, half-written or running at the moment being read; forgotten when the attempt moves on.
import type { Served, View } from "../../contract/player";
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
  /** Grows with every new moment, so that nothing of the one before is drawn into it. */
  key = "";

  private moment = "";
  private reasked = 0;

  constructor(
    readonly clock: Countdown,
    private readonly draftKey: () => string,
  ) {}

  /** Returns whether `served` is a new moment. */
  arriveAt(served: Served, cause: Cause): boolean {
    const { view } = served;
    const moment = `${served.attempt ?? 1}/${view.seq}`;
    const moved = this.moment !== moment;
    this.view = view;
    if (!moved) return false;
    this.moment = moment;
    this.beginAnswer(served);
    this.stopAsked = this.notebookOpen = false;
    this.openTerm = null;
    this.lookingBack = view.over === true && cause === "first";
    if (view.seq === 0 && cause === "own") this.begun = false;
    this.reasked = 0;
    if (view.timer && view.stage === "scene") this.clock.start(view.timer.seconds);
    else this.clock.stop();
    return true;
  }

  keepDraft(): void {
    keep(this.draftName(), this.answering.text);
  }

  /** At zero the host decides; if its clock runs a little behind ours, it is asked again, a few times. */
  mayAskAboutTime(): boolean {
    if (!this.view?.timer || this.clock.running || this.clock.off || this.reasked >= 3) return false;
    this.reasked += 1;
    return true;
  }

  /** A hint or a try is still the same question: what was picked stays until it is sent. */
  private beginAnswer(served: Served): void {
    const { view } = served;
    const question = view.question;
    const key = question ? `${served.attempt ?? 1}/${view.scene}/${question.tries_left ?? 1}` : this.moment;
    if (key === this.key) return;
    if (this.key) keep(this.draftName(), "");
    this.key = key;
    this.answering = emptyAnswering();
    this.answering.text = kept(this.draftName());
    if (question && question.type !== "single") restoreAnswer(this.answering, question);
  }

  private draftName(): string {
    return `branchwise:${this.draftKey()}:${this.key}`;
  }
}
