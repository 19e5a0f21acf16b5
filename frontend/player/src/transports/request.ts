// One JSON request with patience: a lost connection or a busy server is tried again, a definite no is not.
import type { Served } from "../../../contract/player";
import { HostRefusal } from "./transport";

/** Pauses before the second, third … try. After the last one the request rejects. */
export const PAUSES_MS = [800, 2_000, 4_000, 8_000];
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 20_000;

export interface Asking {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: unknown;
  credentials: RequestCredentials;
  signal: AbortSignal;
  onRetrying?: (retrying: boolean) => void;
  pauses?: readonly number[];
}

export async function ask(asking: Asking): Promise<Served> {
  const pauses = asking.pauses ?? PAUSES_MS;
  for (let tried = 0; ; tried += 1) {
    const answer = await once(asking);
    if (answer.served) {
      asking.onRetrying?.(false);
      return tried > 0 ? ownRepeat(answer.served, asking.body) : answer.served;
    }
    const pause = pauses[tried];
    if (pause === undefined) {
      asking.onRetrying?.(false);
      throw new Error(answer.problem);
    }
    asking.onRetrying?.(true);
    await sleep(Math.min(Math.max(pause, answer.wait_ms), LONGEST_PAUSE_MS), asking.signal);
  }
}

interface Answer {
  served?: Served;
  problem: string;
  wait_ms: number;
}

async function once(asking: Asking): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(asking.url, {
      method: asking.method,
      headers: asking.headers,
      body: asking.body === undefined ? undefined : JSON.stringify(asking.body),
      credentials: asking.credentials,
      cache: "no-store",
      signal: AbortSignal.any([asking.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (error) {
    if (asking.signal.aborted) throw error;
    return { problem: "The host could not be reached.", wait_ms: 0 };
  }
  const found = await body(response);
  if (isServed(found)) return { served: found, problem: "", wait_ms: 0 };
  if (isTransient(response.status) || response.ok) {
    return { problem: `The host answered ${response.status}.`, wait_ms: retryAfterMs(response) };
  }
  throw new HostRefusal(wordsOf(found), response.status);
}

async function body(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function isServed(value: unknown): value is Served {
  return typeof value === "object" && value !== null && typeof (value as Served).view?.seq === "number";
}

function isTransient(status: number): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 425;
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

function wordsOf(found: unknown): string {
  const said = typeof found === "object" && found !== null ? (found as { error?: unknown }).error : "";
  return typeof said === "string" ? said : "";
}

/** A repeat is answered "stale" when the first try arrived and only its answer was lost: that is no news. */
function ownRepeat(served: Served, sent: unknown): Served {
  const seq = (sent as { seq?: number } | undefined)?.seq;
  if (!served.error_code || seq === undefined || served.view.seq <= seq) return served;
  return { ...served, error: "", error_code: "" };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
