// The stylesheets of the shadow tree, in the order in which they apply; later pages bring their own.
import tokens from "../../tokens/tokens.css?inline";
import base from "./styles/base.css?inline";
import conversation from "./styles/conversation.css?inline";
import controls from "./styles/controls.css?inline";

export const styles = [base, tokens, controls, conversation].join("\n");

const sheets = new Map<string, CSSStyleSheet>();

/** Adds the styles of a later page to a shadow tree, once. */
export function adopted(root: ShadowRoot, css: string): void {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
