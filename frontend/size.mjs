// Prints the gzipped size of every built script; fails over the budget of the player (30 kB) or of a later page (6 kB).
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = new URL("../", import.meta.url);
const later = ["arranging", "debrief", "reflection", "roleplay"].map((name) => [`learning/static/learning/built/player-${name}.js`, 6_000]);
const budgets = {
  "learning/static/learning/built/player.js": 30_000,
  "xblocks/scenario_xblock/public/built/player.js": 30_000,
  ...Object.fromEntries(later),
  "authoring/static/authoring/built/editor.js": null,
};
let over = false;
for (const [path, budget] of Object.entries(budgets)) {
  const file = fileURLToPath(new URL(path, root));
  if (!existsSync(file)) continue;
  const bytes = gzipSync(readFileSync(file), { level: 9 }).length;
  const verdict = budget === null ? "" : bytes > budget ? `  over the budget of ${budget}` : `  of ${budget}`;
  over ||= budget !== null && bytes > budget;
  console.log(`${path}: ${bytes} bytes gzipped${verdict}`);
}
process.exitCode = over ? 1 : 0;
