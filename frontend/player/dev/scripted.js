// A host that serves the fixtures: each action leads to the state that usually follows. Keeps what was sent for tests.
const NEXT = {
  about: "line",
  page: "line",
  line: "decision",
  decision: "reaction",
  reaction: "question",
  question: "question-again",
  "question-again": "reply",
  "question-multiple": "reply",
  "question-numeric": "reply",
  "question-text": "reply",
  "question-ordering": "reply",
  "question-matching": "reply",
  reply: "waiting",
  roleplay: "roleplay-going",
  "roleplay-going": "roleplay-ended",
  "roleplay-ended": "roleplay-reversed",
  "roleplay-waiting": "roleplay-ai",
  "roleplay-reversed": "reflection",
  reflection: "reflection-saved",
  "reflection-saved": "ending",
  timed: "timed-off",
  waiting: "match",
  match: "ending",
};

async function fixture(name) {
  const response = await fetch(new URL(`fixtures/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`No fixture “${name}”.`);
  return response.json();
}

/** `trouble`: "offline" loses every action, "ended" refuses it for good, "slow" answers when `release()` is called. */
export function scriptedTransport(first, { trouble = "", HostRefusal } = {}) {
  const log = [];
  let state = first;
  let seq = null;
  let release = () => {};
  const serve = async () => {
    const served = await fixture(state);
    seq ??= served.view.seq;
    return { ...served, view: { ...served.view, seq } };
  };
  const transport = {
    log,
    release: () => release(),
    heal: () => (trouble = ""),
    async load() {
      if (trouble === "unreachable") throw new Error("offline");
      if (state.endsWith("waiting") && log.some((each) => each.load)) {
        state = NEXT[state];
        seq += 1;
      }
      log.push({ load: true });
      return serve();
    },
    async act(at, action) {
      log.push({ seq: at, action });
      if (trouble === "slow") await new Promise((resolve) => (release = resolve));
      if (trouble === "offline") throw new Error("offline");
      if (trouble === "ended") throw new HostRefusal("The launch is more than a day old.", 401);
      if (trouble === "refused") return { ...(await serve()), error: "That is not offered here.", error_code: "play.not-offered" };
      state = action.type === "stop" ? "stopped" : action.type === "hint" ? state : (NEXT[state] ?? state);
      seq += 1;
      return serve();
    },
    async restart() {
      log.push({ restart: true });
      state = "about";
      seq = null;
      const served = await serve();
      return { ...served, attempt: 2 };
    },
  };
  return transport;
}
