// The player's two bundles: an ES module for the site, a classic script for Open edX (no `type=module` there).
// Both keep the later pages (src/rare) and the languages in files of their own, fetched when they are wanted.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const SITE = at("../../learning/static/learning/built");
const XBLOCK = at("../../xblocks/scenario_xblock/public/built");
const LATER = ["arranging", "debrief", "reflection", "roleplay"];

function bundle(entry, format, outDir, more = {}) {
  const { name = "BranchwisePlayer", file = "player.js", ...output } = more;
  return {
    plugins: [unindented()],
    json: { stringify: true, namedExports: false },
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      // Colours are written with light-dark(); lowering it would double the stylesheet.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      lib: { entry: at(entry), formats: [format], name, fileName: () => file },
      rolldownOptions: { output: { minify: true, chunkFileNames: "player-[name].js", ...output } },
    },
  };
}

/** A later page as a classic script: it hands its parts to the player that asked for it. */
function later(name) {
  const footer = `BranchwisePlayer.addPages("${name}",BranchwisePages);`;
  return bundle(`src/rare/${name}.ts`, "iife", XBLOCK, { name: "BranchwisePages", file: `player-${name}.js`, footer });
}

/** Indentation inside templates would be sent to every learner; a line break says the same. */
function unindented() {
  const ours = /\/player\/src\/.*\.ts$/;
  return { name: "unindented", enforce: "pre", transform: (code, id) => (ours.test(id) ? code.replace(/\n\s+/g, "\n") : null) };
}

export const builds = [
  bundle("src/index.ts", "es", SITE),
  bundle("src/classic.ts", "iife", XBLOCK),
  ...LATER.map((name) => later(name)),
];

/** Beside the bundles: what the licences of their parts ask to be said. */
const PARTS = ["lit", "lit-element", "lit-html", "@lit/reactive-element", "lucide-static"];

function licences() {
  const texts = PARTS.map((name) => `${name}\n\n${readFileSync(at(`../node_modules/${name}/LICENSE`), "utf8").trim()}\n`);
  return ["The player contains parts of these packages.\n", ...texts].join("\n----\n\n");
}

/** The languages of the classic script. English is built in. */
export function copies() {
  mkdirSync(XBLOCK, { recursive: true });
  for (const folder of [SITE, XBLOCK]) writeFileSync(`${folder}/player.licences.txt`, licences());
  for (const file of readdirSync(at("src/strings")).filter((name) => name !== "en.json")) {
    const language = file.replace(".json", "");
    const strings = JSON.stringify(JSON.parse(readFileSync(at(`src/strings/${file}`), "utf8")));
    writeFileSync(`${XBLOCK}/player-${language}.js`, `BranchwisePlayer.addStrings("${language}",${strings});\n`);
  }
}
