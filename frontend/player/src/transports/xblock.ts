// Open edX: JSON handlers of one block, with the cookie and header that Django's CSRF check wants. No jQuery.
import type { Action, Served } from "../../../contract/player";
import { ask } from "./request";
import type { Transport } from "./transport";

export interface HandlerUrls {
  load: string;
  act: string;
  restart?: string;
}

export interface XBlockOptions {
  /** Name of the CSRF cookie, where the platform changed it. */
  csrfCookie?: string;
}

/** `urls` are the handlers' addresses, or `(name) => runtime.handlerUrl(element, name)`. All handlers are POST. */
export function xblockTransport(urls: HandlerUrls | ((handler: string) => string), options: XBlockOptions = {}): Transport {
  const { load, act, restart } = typeof urls === "function" ? named(urls) : urls;
  let leaving = new AbortController();
  const post = (url: string, body: unknown): Promise<Served> =>
    ask({
      url,
      method: "POST",
      body,
      headers: headers(options.csrfCookie ?? "csrftoken"),
      credentials: "same-origin",
      signal: leaving.signal,
      onRetrying: (retrying) => transport.onRetrying?.(retrying),
    });
  const transport: Transport = {
    load: () => post(load, {}),
    act: (seq: number, action: Action) => post(act, { seq, action }),
    close: () => {
      leaving.abort();
      leaving = new AbortController();
    },
  };
  if (restart) transport.restart = () => post(restart, {});
  return transport;
}

function named(urlOf: (handler: string) => string): HandlerUrls {
  return { load: urlOf("load"), act: urlOf("act"), restart: urlOf("restart") };
}

function headers(cookie: string): Record<string, string> {
  const own = { Accept: "application/json", "Content-Type": "application/json" };
  const token = readCookie(cookie);
  return token ? { ...own, "X-CSRFToken": token } : own;
}

function readCookie(name: string): string {
  try {
    const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  } catch {
    return ""; // a sandboxed frame may not read cookies at all
  }
}
