// The clock of a timed decision. Time never changes points; at zero the host is asked what happened.

/** Seconds at which the remaining time is also spoken. */
const SPOKEN = new Set([60, 30, 10]);

export class Countdown {
  left = 0;
  all = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly ticked: (spoken: boolean) => void,
    private readonly ended: () => void,
  ) {}

  get running(): boolean {
    return this.timer !== undefined;
  }

  start(seconds: number): void {
    this.stop();
    this.left = this.all = Math.max(seconds, 1);
    const end = Date.now() + Math.max(seconds, 1) * 1000;
    this.timer = setInterval(() => this.tick(end), 250);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.left = 0;
  }

  private tick(end: number): void {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (left === this.left) return;
    this.left = left;
    this.ticked(SPOKEN.has(left));
    if (left > 0) return;
    this.stop();
    this.ended();
  }
}
