// What the editor makes of answers that are late, cut off, refused or no longer wanted.
import { afterEach, describe, expect, it, vi } from "vitest";
import { Host } from "../src/host";

const host = new Host({ textareaId: "document", urls: { check: "/check/" } });

function answered(answer: Partial<Response>): void {
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, status: 200, ...answer }));
}
const check = (): Promise<unknown> => host.check({}, new AbortController().signal);

afterEach(() => vi.unstubAllGlobals());

describe("an answer", () => {
  it("is what was sent", async () => {
    answered({ json: () => Promise.resolve({ findings: [] }) });
    await expect(check()).resolves.toEqual({ findings: [] });
  });

  it("that is given up while it is being read stays given up", async () => {
    answered({ json: () => Promise.reject(new DOMException("given up", "AbortError")) });
    await expect(check()).rejects.toHaveProperty("name", "AbortError");
  });

  it("that is cut off is named", async () => {
    answered({ json: () => Promise.reject(new SyntaxError("Unexpected end")) });
    await expect(check()).rejects.toThrow("did not arrive whole");
  });

  it("that refuses says why, in its own words where it has some", async () => {
    answered({ ok: false, status: 400, json: () => Promise.resolve({ error: "Post {document}." }) });
    await expect(check()).rejects.toThrow("Post {document}.");
    answered({ ok: false, status: 403, json: () => Promise.reject(new SyntaxError("<html>")) });
    await expect(check()).rejects.toThrow("Reload the page.");
  });
});
