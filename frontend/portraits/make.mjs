// Draws the portraits of every cast in casts/*.json: one small SVG per person and mood.
// With --check it writes nothing and fails when a committed portrait is missing, stale or no longer named.
// The look of a person never depends on chance: every part that could be drawn at random is given or switched off.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createAvatar } from "@dicebear/core";
import * as openPeeps from "@dicebear/open-peeps";
import { optimize } from "svgo";

const here = dirname(fileURLToPath(import.meta.url));
// The same paper behind everybody: black outlines and dark hair stay legible on a dark page.
const PAPER = "f1e9dc";
// Open Peeps leaves room for tall hair; closer in, a face can be read at the size of a thumbnail.
const FRAME = "62 66 638 638";

function known(part, value) {
  const offered = openPeeps.schema.properties[part].items.enum;
  if (!offered.includes(value)) throw new Error(`${part}: "${value}" is not one of ${offered.join(", ")}`);
  return [value];
}

function optional(part, value) {
  return value ? { [part]: known(part, value), [`${part}Probability`]: 100 } : { [`${part}Probability`]: 0 };
}

function draw(look, face) {
  return createAvatar(openPeeps, {
    seed: "fixed",
    head: known("head", look.head),
    face: known("face", face),
    headContrastColor: [look.hair],
    skinColor: [look.skin],
    clothingColor: [look.clothes],
    backgroundColor: [PAPER],
    maskProbability: 0,
    ...optional("accessories", look.glasses),
    ...optional("facialHair", look.beard),
  })
    .toString()
    .replace(/viewBox="[^"]+"/, `viewBox="${FRAME}"`);
}

// One decimal of a 704-unit drawing is far below a pixel at any size we show.
function shrink(svg) {
  return optimize(svg, { multipass: true, floatPrecision: 1, plugins: ["preset-default"] }).data + "\n";
}

function portraitsOf(cast) {
  const files = new Map();
  for (const [person, { look, moods }] of Object.entries(cast.people)) {
    for (const [mood, face] of Object.entries(moods)) {
      files.set(`${person}-${mood}.svg`, shrink(draw(look, face)));
    }
  }
  return files;
}

function differences(folder, files, people) {
  const found = [];
  for (const [name, svg] of files) {
    if (!existsSync(join(folder, name))) found.push(`${name} is missing`);
    else if (readFileSync(join(folder, name), "utf8") !== svg) found.push(`${name} is stale`);
  }
  for (const name of readdirSync(folder)) {
    const person = name.split("-", 1)[0];
    if (person in people && !files.has(name)) found.push(`${name} shows a mood that ${person} does not have`);
  }
  return found;
}

function main() {
  const check = process.argv.includes("--check");
  let faults = 0;
  for (const name of readdirSync(join(here, "casts")).filter((n) => n.endsWith(".json")).sort()) {
    const cast = JSON.parse(readFileSync(join(here, "casts", name), "utf8"));
    const folder = resolve(here, cast.into);
    const files = portraitsOf(cast);
    mkdirSync(folder, { recursive: true });
    if (!check) for (const [file, svg] of files) writeFileSync(join(folder, file), svg);
    const found = differences(folder, files, cast.people);
    faults += found.length;
    for (const line of found) console.error(`${name}: ${line}`);
    console.log(`${name}: ${files.size} portraits ${check ? "checked" : "written"}`);
  }
  if (faults) {
    console.error("Run `npm run make` in frontend/portraits, and delete portraits that nobody uses.");
    process.exitCode = 1;
  }
}

main();
