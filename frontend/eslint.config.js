// One flat config for every room of frontend/. Rules that need many exceptions are not here.
import js from "@eslint/js";
import globals from "globals";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "contract/", "**/built/"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      // Authored text is rendered from trees; nothing in this folder may turn a string into markup.
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Render trees, never markup strings." },
        { selector: "ImportSpecifier[imported.name=/^unsafe(HTML|SVG)$/]", message: "Render trees, never markup strings." },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  { files: ["**/*.mjs", "**/*.config.{js,ts}"], languageOptions: { globals: { ...globals.node } }, rules: { "no-console": "off" } },
  // Tests read what was drawn.
  { files: ["*/tests/**"], rules: { "no-restricted-properties": "off" } },
  // The rules of hooks alone: its others compile every file for React's compiler, which is not used here.
  {
    files: ["graph_editor/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
);
