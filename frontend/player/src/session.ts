// One attempt as the browser knows it: what was served last, what is on its way, what failed. Knows no pixels.
import type { Action, Served } from "../../contract/player";
import { HostRefusal, type Transport } from "./transports/transport";

/** quiet: nothing on its way. away: nothing was heard, the words are kept. ended: the host said a definite no. */
export type Connection = "quiet" | "sending" | "retrying" | "away" | "ended";

/** Why something changed: own actions move focus, arrivals are announced, status is only shown. */
export type Cause = "first" | "own" | "refused" | "arrival" | "status";

const LONGEST_POLL_MS = 30_000;

const isSame = (a: Served, b: Served | null): boolean => JSON.stringify(a) === JSON.stringify(b);

export class Session {
  served: Served | null = null;
  connection: Connection = "quiet";
  /** Something was stored since the page opened. */
  saved = false;
  /** The host's own words for `ended`. */
  refusal = "";

  private pending: (() => Promise<void>) | null = null;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private missedPolls = 0;
  private closed = false;

  constructor(
    private readonly transport: Transport,
    private readonly changed: (cause: Cause) => void,
  ) {
    transport.onRetrying = (retrying) => {
      if (this.connection === "sending" && retrying) this.tell("retrying");
      else if (this.connection === "retrying" && !retrying) this.tell("sending");
    };
    window.addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", this.seen);
  }

  get busy(): boolean {
    return this.connection === "sending" || this.connection === "retrying";
  }

  load(): Promise<void> {
    return this.ask(() => this.transport.load(), this.served ? "arrival" : "first");
  }

  /** Sends one action. A second press while one is on its way does nothing. */
  act(action: Action): Promise<void> {
    const seq = this.served?.view.seq;
    if (seq === undefined) return Promise.resolve();
    return this.ask(() => this.transport.act(seq, action), "own");
  }

  restart(): Promise<void> {
    const restart = this.transport.restart?.bind(this.transport);
    return restart ? this.ask(restart, "own") : Promise.resolve();
  }

  readonly retry = (): void => {
    if (this.connection === "away") void this.pending?.();
  };

  close(): void {
    this.closed = true;
    clearTimeout(this.poll);
    window.removeEventListener("online", this.retry);
    document.removeEventListener("visibilitychange", this.seen);
    this.transport.onRetrying = undefined;
    this.transport.close?.();
  }

  private async ask(request: () => Promise<Served>, cause: "first" | "own" | "arrival"): Promise<void> {
    if (this.busy || this.connection === "ended") return;
    clearTimeout(this.poll);
    this.pending = () => this.ask(request, cause);
    this.tell("sending");
    try {
      this.take(await request(), cause);
    } catch (error) {
      this.miss(error);
    }
  }

  private take(served: Served, cause: "first" | "own" | "arrival"): void {
    if (this.closed) return;
    const before = this.served?.view.seq;
    this.served = served;
    this.pending = null;
    this.missedPolls = 0;
    this.connection = "quiet";
    this.saved ||= cause === "own" && !served.error_code;
    const stayed = served.error_code && served.view.seq === before;
    this.changed(stayed ? "refused" : cause);
    this.schedule();
  }

  private miss(error: unknown): void {
    if (this.closed) return;
    if (error instanceof HostRefusal) {
      this.refusal = error.message;
      this.tell("ended");
    } else {
      this.tell("away");
    }
  }

  private schedule(): void {
    const after_s = this.served?.poll_after_s;
    if (after_s == null) return;
    const pause = Math.min(after_s * 1000 * 2 ** this.missedPolls, LONGEST_POLL_MS);
    this.poll = setTimeout(() => void this.look(), pause);
  }

  /** Asks quietly whether something arrived. A miss is no news to the learner: it is tried again, later each time. */
  private async look(): Promise<void> {
    if (this.closed || this.busy || document.hidden) return;
    const asked = this.served;
    try {
      const served = await this.transport.load();
      if (this.closed || this.busy || this.served !== asked) return;
      if (isSame(served, asked)) return this.askLater(1);
      this.take(served, "arrival");
    } catch (error) {
      if (this.closed || this.served !== asked) return;
      if (error instanceof HostRefusal) return this.miss(error);
      this.askLater(Infinity);
    }
  }

  /** Doubles the pause, up to `most` times: no news is no reason to let the learner wait long for it. */
  private askLater(most: number): void {
    this.missedPolls = Math.min(this.missedPolls + 1, most);
    this.schedule();
  }

  private readonly seen = (): void => {
    if (document.hidden || this.served?.poll_after_s == null) return;
    clearTimeout(this.poll);
    void this.look();
  };

  private tell(connection: Connection): void {
    this.connection = connection;
    this.changed("status");
  }
}
