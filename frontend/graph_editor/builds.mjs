// One script and one stylesheet for the admin. The tokens come in under `.bw-editor`, so that they leave Wagtail's page alone.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Tokens for the editor only; light or dark then follows the theme that Wagtail gives the page. */
function scopedTokens() {
  return {
    name: "scoped-tokens",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/tokens/tokens.css")) return null;
      return code.replaceAll(/:root,\s*:host\s*\{/g, ".bw-editor {").replace(/^\s*color-scheme:[^;]*;/m, "");
    },
  };
}

export const builds = [
  {
    plugins: [scopedTokens(), react()],
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    json: { stringify: true, namedExports: false },
    build: {
      outDir: at("../../authoring/static/authoring/built"),
      emptyOutDir: false,
      target: "es2022",
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      lib: { entry: at("src/index.ts"), formats: ["es"], fileName: () => "editor.js", cssFileName: "editor" },
      // One file: a chunk would be asked for under a name that the static files' manifest does not know.
      rolldownOptions: { output: { minify: true, codeSplitting: false } },
    },
  },
];
