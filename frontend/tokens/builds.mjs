// The tokens as a plain stylesheet for pages that need no script. The player and the editor import tokens.css themselves.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export function copies() {
  const folder = new URL("../../learning/static/learning/built/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  copyFileSync(fileURLToPath(new URL("tokens.css", import.meta.url)), fileURLToPath(new URL("tokens.css", folder)));
}
