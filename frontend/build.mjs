// Runs the builds of every room, or of those named: `node build.mjs player`. A room lists its own in `<room>/builds.mjs`.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const rooms = readdirSync(here).filter((name) => existsSync(join(here, name, "builds.mjs")));
const unknown = wanted.filter((name) => !rooms.includes(name));
if (unknown.length > 0) {
  console.error(`No builds.mjs in: ${unknown.join(", ")}. Rooms that build: ${rooms.join(", ")}.`);
  process.exit(2);
}
for (const room of rooms.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const { builds = [], copies } = await import(pathToFileURL(join(here, room, "builds.mjs")).href);
  for (const config of builds) {
    await build({ configFile: false, root: join(here, room), logLevel: "warn", ...config });
  }
  copies?.();
  console.log(`built ${room}`);
}
