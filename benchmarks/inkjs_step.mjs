// Plays the story of benchmarks/stories.chain in inkjs, each step from a saved state to a saved state.
// Prints the seconds of process time that the plays took; compiling and one warm-up play are not counted.
import { Compiler } from "inkjs/full";

const scenes = Number(process.argv[2]);
const plays = Number(process.argv[3]);

function source() {
  const lines = ["VAR trust = 5", "VAR care = 0", "-> s0"];
  for (let i = 0; i < scenes - 1; i += 1) {
    lines.push(`=== s${i} ===`, `She looks at you for the ${i}th time.`);
    for (let j = 0; j < 3; j += 1) {
      const target = Math.min(scenes - 1, i + 1 + j);
      lines.push(`+ [The answer number ${j} of scene ${i}, in a few words.]`);
      lines.push(`  ~ trust = MAX(0, MIN(10, trust + ${j - 1}))`, `  ~ care = care + ${j}`, `  -> s${target}`);
    }
  }
  lines.push(`=== s${scenes - 1} ===`, "The end.", "-> END");
  return lines.join("\n");
}

const story = new Compiler(source()).Compile();
story.ContinueMaximally();
const first = story.state.ToJson();

function play(offset) {
  let saved = first;
  for (let number = offset; ; number += 1) {
    story.state.LoadJson(saved);
    const choices = story.currentChoices;
    if (choices.length === 0) return;
    story.ChooseChoiceIndex(number % choices.length);
    story.ContinueMaximally();
    saved = story.state.ToJson();
  }
}

play(0);
const before = process.cpuUsage();
for (let number = 0; number < plays; number += 1) play(number);
const used = process.cpuUsage(before);
console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6 }));
