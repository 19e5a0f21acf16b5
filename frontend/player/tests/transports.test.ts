// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Served } from "../../contract/player";
import { ask } from "../src/transports/request";
import { siteTransport } from "../src/transports/site";
import { HostRefusal } from "../src/transports/transport";
import { xblockTransport } from "../src/transports/xblock";

const view = { seq: 4, title: "", language: "en", direction: "ltr", scene: "s", kind: "line", stage: "scene", awaits: "learner" } as const;
const served: Served = { view };
const fetched = vi.fn<typeof fetch>();

function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
}

function asked(call = 0): { url: string; init: RequestInit } {
  const [url, init] = fetched.mock.calls[call] ?? [];
  return { url: String(url), init: init ?? {} };
}

const patient = (body?: unknown, onRetrying?: (retrying: boolean) => void): Promise<Served> =>
  ask({ url: "/x", method: "POST", body, headers: {}, credentials: "same-origin", signal: new AbortController().signal, pauses: [0, 0], onRetrying });

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

describe("the site", () => {
  it("is asked with the newest bearer and no cookie of its own", async () => {
    let token = "first";
    const transport = siteTransport("/play/api/p1/main", () => token);
    fetched.mockImplementation(async () => reply(200, served));
    await transport.load();
    token = "second";
    await transport.act(3, { type: "choose", choice: "c1" });
    await transport.restart?.();
    expect(fetched.mock.calls.map(([url, init]) => [url, init?.method, (init?.headers as Record<string, string>).Authorization, init?.body])).toEqual([
      ["/play/api/p1/main/", "GET", "Bearer first", undefined],
      ["/play/api/p1/main/act/", "POST", "Bearer second", '{"seq":3,"action":{"type":"choose","choice":"c1"}}'],
      ["/play/api/p1/main/restart/", "POST", "Bearer second", "{}"],
    ]);
  });

  it.each([409, 422])("serves the current view also with %d", async (status) => {
    const refused = { ...served, error: "no", error_code: "play.stale" };
    fetched.mockResolvedValue(reply(status, refused));
    await expect(siteTransport("/a/", "t").act(4, { type: "continue" })).resolves.toEqual(refused);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it.each([401, 403, 404])("is believed when it says no for good with %d", async (status) => {
    fetched.mockResolvedValue(reply(status, { error: "The launch is too old." }));
    const failure = await siteTransport("/a/", "t").load().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HostRefusal);
    expect(failure).toMatchObject({ status, message: "The launch is too old." });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("stops trying when the player is closed, and can be opened again", async () => {
    const transport = siteTransport("/a/", "t");
    fetched.mockRejectedValueOnce(new TypeError("offline"));
    const waiting = transport.load();
    await Promise.resolve();
    transport.close?.();
    await expect(waiting).rejects.toBeDefined();
    fetched.mockResolvedValue(reply(200, served));
    await expect(transport.load()).resolves.toEqual(served);
  });
});

describe("patience", () => {
  it("tries again through a lost connection and a busy server, and says so", async () => {
    fetched.mockRejectedValueOnce(new TypeError("offline")).mockResolvedValueOnce(reply(503, "busy")).mockResolvedValueOnce(reply(200, served));
    const told: boolean[] = [];
    await expect(patient(undefined, (retrying) => told.push(retrying))).resolves.toEqual(served);
    expect(told).toEqual([true, true, false]);
  });

  it("gives up after the last pause, so that the learner is told", async () => {
    fetched.mockRejectedValue(new TypeError("offline"));
    await expect(patient()).rejects.toThrow("The host could not be reached.");
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it("does not take a sign-in page for an answer", async () => {
    fetched.mockImplementation(async () => reply(200, "<html>Please sign in"));
    await expect(patient()).rejects.toThrow("The host answered 200.");
  });

  it("reads a stale answer to its own repeat as the answer that was lost", async () => {
    const stale = { ...served, error: "stale", error_code: "play.stale" };
    fetched.mockRejectedValueOnce(new TypeError("offline")).mockResolvedValueOnce(reply(409, stale));
    await expect(patient({ seq: 3, action: { type: "continue" } })).resolves.toEqual({ ...served, error: "", error_code: "" });
    fetched.mockRejectedValueOnce(new TypeError("offline")).mockResolvedValueOnce(reply(422, stale));
    await expect(patient({ seq: 4, action: { type: "continue" } })).resolves.toEqual(stale);
  });
});

describe("Open edX", () => {
  it("is posted to with the CSRF cookie in the header", async () => {
    vi.stubGlobal("document", { cookie: "a=1; csrftoken=to%2Bken; b=2" });
    fetched.mockImplementation(async () => reply(200, served));
    const transport = xblockTransport((name) => `/handler/u1/${name}`);
    await transport.load();
    await transport.act(4, { type: "stop" });
    expect(asked(0)).toMatchObject({ url: "/handler/u1/load", init: { method: "POST", body: "{}", credentials: "same-origin" } });
    expect(asked(1)).toMatchObject({ url: "/handler/u1/act", init: { body: '{"seq":4,"action":{"type":"stop"}}' } });
    expect((asked(1).init.headers as Record<string, string>)["X-CSRFToken"]).toBe("to+ken");
  });

  it("works where cookies may not be read, and has no restart unless told where", async () => {
    vi.stubGlobal("document", {
      get cookie(): string {
        throw new Error("SecurityError");
      },
    });
    fetched.mockImplementation(async () => reply(200, served));
    const transport = xblockTransport({ load: "/l", act: "/a" });
    await expect(transport.load()).resolves.toEqual(served);
    expect(transport.restart).toBeUndefined();
  });
});
