// The site's play API: a bearer for one participation in a header, so that no cookie is needed inside an iframe.
import type { Action, Served } from "../../../contract/player";
import { ask } from "./request";
import type { Transport } from "./transport";

/** `baseUrl` is `/play/api/<participation>/<module>/`; `token` the bearer, or a function that gives the newest one. */
export function siteTransport(baseUrl: string, token: string | (() => string)): Transport {
  const base = baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`;
  let leaving = new AbortController();
  const send = (path: string, method: "GET" | "POST", body?: unknown): Promise<Served> =>
    ask({
      url: base + path,
      method,
      body,
      headers: headers(typeof token === "string" ? token : token(), body),
      credentials: "same-origin",
      signal: leaving.signal,
      onRetrying: (retrying) => transport.onRetrying?.(retrying),
    });
  const transport: Transport = {
    load: () => send("", "GET"),
    act: (seq: number, action: Action) => send("act/", "POST", { seq, action }),
    restart: () => send("restart/", "POST", {}),
    close: () => {
      leaving.abort();
      leaving = new AbortController();
    },
  };
  return transport;
}

function headers(token: string, body: unknown): Record<string, string> {
  const own = { Accept: "application/json", Authorization: `Bearer ${token}` };
  return body === undefined ? own : { ...own, "Content-Type": "application/json" };
}
