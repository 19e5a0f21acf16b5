// The classic script, global `BranchwisePlayer`: for Open edX. Languages and later pages are scripts beside it, which
// call `addStrings` and `addPages`.
import { loadPagesWith } from "./rare";
import { loadStringsWith } from "./words";

export * from "./player";

// Known only while this script runs for the first time.
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

function beside(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!own) return reject(new Error("The address of the player is not known."));
    const script = document.createElement("script");
    script.src = new URL(`player-${name}.js`, own).href;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`There is no ${script.src}.`)));
    document.head.append(script);
  });
}

loadStringsWith(beside);
loadPagesWith(beside);
