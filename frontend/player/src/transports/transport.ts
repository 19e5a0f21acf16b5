// What the player asks of a host, and the one way a host says a definite no. Nothing here touches the network.
import type { Action, Served } from "../../../contract/player";

export interface Transport {
  load(): Promise<Served>;
  /** Resolves with the current Served also when the action was stale or refused; rejects when nothing was heard. */
  act(seq: number, action: Action): Promise<Served>;
  restart?(): Promise<Served>;
  close?(): void;
  /** Told with true while a request is being tried again, with false once it was answered. */
  onRetrying?: (retrying: boolean) => void;
}

/** The host answered, and trying again will not help: the session has ended, or the link is wrong. */
export class HostRefusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = "HostRefusal";
  }
}
