// The classic script, global `BranchwisePlayer`: for Open edX. Languages are scripts beside it, which call `addStrings`.
import { loadStringsWith } from "./words";

export * from "./player";

// Known only while this script runs for the first time.
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

loadStringsWith(
  (language) =>
    new Promise((resolve, reject) => {
      if (!own) return reject(new Error("The address of the player is not known."));
      const script = document.createElement("script");
      script.src = new URL(`player-${language}.js`, own).href;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(`No texts in ${language}.`)));
      document.head.append(script);
    }),
);
