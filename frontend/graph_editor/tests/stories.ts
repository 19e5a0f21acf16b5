// A small story for the tests, with fields that the editor knows nothing of.
import type { Document, Drawing } from "../src/model";

export function story(): Document {
  return {
    format: 1,
    id: "parcel",
    title: "The late parcel",
    start: "door",
    cast: { mara: { name: "Mara" } },
    variables: { trust: { type: "number", range: [0, 5], start: 1, label: "Trust" } },
    facts: { party: { text: "The party is on Saturday." } },
    future: { kept: [1, 2] },
    scenes: [
      {
        id: "door", kind: "decision", title: "At the door", later: "kept",
        beats: [{ id: "b1", who: "mara", text: "It was promised for Tuesday." }],
        choices: [
          { id: "ask", text: "Tell me what it was for.", goto: "way" },
          { id: "shrug", text: "These things happen.", goto: "way" },
          { id: "again", text: "Wait.", goto: "door", when: { visits: "door", at_most: 1 } },
        ],
        timed: { seconds: 30, on_timeout: "shrug" },
      },
      { id: "way", kind: "route", rules: [{ when: { var: "trust", at_least: 2 }, goto: "calm" }], otherwise: "gone" },
      { id: "calm", kind: "ending", outcome: "good", title: "A new date", because: ["ask"] },
      { id: "gone", kind: "ending", outcome: "poor", title: "The door shuts" },
    ],
  } as unknown as Document;
}

export function drawing(): Drawing {
  return { document: story(), layout: { door: { x: 0, y: 0 }, way: { x: 300, y: 0 }, calm: { x: 600, y: 0 }, gone: { x: 600, y: 200 } } };
}
