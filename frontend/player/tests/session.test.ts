import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { after, FakeHost, fixture } from "./browser";
import { Session, type Cause } from "../src/session";
import { HostRefusal } from "../src/transports/transport";

const causes: Cause[] = [];
let host: FakeHost;
let session: Session;

beforeEach(async () => {
  vi.useFakeTimers();
  causes.length = 0;
  host = new FakeHost(fixture("decision"));
  session = new Session(host, (cause) => causes.push(cause));
  await session.load();
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
});

describe("a session", () => {
  it("sends one action however often it is pressed", async () => {
    host.answer = () => Promise.resolve(after(host.current, {}));
    await Promise.all([session.act({ type: "continue" }), session.act({ type: "continue" })]);
    expect(host.sent).toEqual([{ seq: 3, action: { type: "continue" } }]);
    expect(causes.at(-1)).toBe("own");
    expect(session.saved).toBe(true);
  });

  it("tells a refusal from progress", async () => {
    host.answer = () => Promise.resolve({ ...host.current, error: "no", error_code: "play.not-offered" });
    await session.act({ type: "continue" });
    expect([causes.at(-1), session.saved]).toEqual(["refused", false]);
  });

  it("keeps what was lost and sends it again when the connection is back", async () => {
    host.answer = () => Promise.reject(new Error("offline"));
    await session.act({ type: "write", text: "My words" });
    expect(session.connection).toBe("away");
    host.answer = () => Promise.resolve(after(host.current, {}));
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(host.sent.map((each) => each.action)).toEqual([
      { type: "write", text: "My words" },
      { type: "write", text: "My words" },
    ]);
    expect(session.connection).toBe("quiet");
  });

  it("ends when the host says a definite no", async () => {
    host.answer = () => Promise.reject(new HostRefusal("Launch again.", 401));
    await session.act({ type: "continue" });
    await session.act({ type: "continue" });
    expect([session.connection, session.refusal, host.sent.length]).toEqual(["ended", "Launch again.", 1]);
  });

  it("looks for what it awaits, later each time that nothing is heard", async () => {
    host.answer = () => Promise.resolve(after(host.current, {}, { poll_after_s: 2 }));
    await session.act({ type: "continue" });
    const asked = vi.spyOn(host, "load").mockRejectedValue(new Error("offline"));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_999);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockResolvedValue(after(host.current, { seq: 9 }));
    await vi.advanceTimersByTimeAsync(1);
    expect([asked.mock.calls.length, session.served?.view.seq, causes.at(-1), session.connection]).toEqual([2, 9, "arrival", "quiet"]);
  });

  it("keeps quiet when nothing is new, and asks again a little later", async () => {
    host.answer = () => Promise.resolve(after(host.current, {}, { poll_after_s: 2 }));
    await session.act({ type: "continue" });
    const told = causes.length;
    const asked = vi.spyOn(host, "load").mockImplementation(() => Promise.resolve(structuredClone(session.served!)));
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.advanceTimersByTimeAsync(4_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect([asked.mock.calls.length, causes.length]).toEqual([3, told]);
  });

  it("drops an answer that an own action has overtaken", async () => {
    host.answer = () => Promise.resolve(after(host.current, {}, { poll_after_s: 1 }));
    await session.act({ type: "continue" });
    let late: (served: typeof host.current) => void = () => {};
    vi.spyOn(host, "load").mockReturnValue(new Promise((resolve) => (late = resolve)));
    await vi.advanceTimersByTimeAsync(1_000);
    host.answer = () => Promise.resolve(after(host.current, { seq: 8 }));
    await session.act({ type: "continue" });
    late(after(host.current, { seq: 4 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.served?.view.seq).toBe(8);
  });

  it("says nothing more once closed", async () => {
    session.close();
    const told = causes.length;
    host.answer = () => Promise.resolve(after(host.current, {}));
    await session.act({ type: "continue" });
    expect([host.closed, causes.slice(told).filter((each) => each !== "status")]).toEqual([true, []]);
  });
});
