// Authored text trees to templates. Every element is built here from a closed list; no string ever becomes markup.
import { html, nothing, type TemplateResult } from "lit";

export type Rich = Record<string, unknown>[];

/** What a text may reach beyond itself. Without it (inside a button) terms and links are plain words. */
export interface Glossary {
  entries: Record<string, Rich>;
  open: object | null;
  toggle(term: object): void;
}

export function rich(tree: Rich | undefined, glossary?: Glossary): unknown {
  if (!tree || tree.length === 0) return nothing;
  return tree.map((each) => [block(each, glossary), definition(each, glossary)]);
}

/** The words alone, for labels and announcements. */
export function plain(tree: unknown): string {
  if (typeof tree === "string") return tree;
  if (Array.isArray(tree)) return tree.map(plain).join(tree.some(isBlock) ? " " : "").trim();
  if (!isTree(tree)) return "";
  return tree.t === "br" ? " " : plain(tree.c);
}

/** One paragraph or several without their own margins: for cards, legends and labels. */
export function phrase(tree: Rich | undefined, glossary?: Glossary): unknown {
  if (!tree || tree.length === 0) return nothing;
  if (tree.length === 1 && tree[0]?.t === "p") return inline(tree[0].c, glossary);
  return tree.map((each, i) => [i > 0 ? html`<br />` : nothing, inline(each.c, glossary)]);
}

function block(tree: Record<string, unknown>, glossary?: Glossary): unknown {
  switch (tree.t) {
    case "h":
      return html`<h4>${inline(tree.c, glossary)}</h4>`;
    case "quote":
      return html`<blockquote>${inline(tree.c, glossary)}</blockquote>`;
    case "ul":
      return html`<ul>${items(tree.c, glossary)}</ul>`;
    case "ol":
      return html`<ol>${items(tree.c, glossary)}</ol>`;
    case "hr":
      return html`<hr />`;
    default:
      return html`<p>${inline(tree.c, glossary)}</p>`;
  }
}

function items(content: unknown, glossary?: Glossary): unknown {
  if (!Array.isArray(content)) return nothing;
  return content.map((item) => html`<li>${itemContent(item, glossary)}</li>`);
}

function itemContent(item: unknown, glossary?: Glossary): unknown {
  const parts = Array.isArray(item) ? item : [item];
  const only = parts[0];
  if (parts.length === 1 && isTree(only) && only.t === "p") return inline(only.c, glossary);
  return parts.every(isBlock) ? rich(parts as Rich, glossary) : inline(parts, glossary);
}

function inline(content: unknown, glossary?: Glossary): unknown {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((each) => inline(each, glossary));
  if (!isTree(content)) return nothing;
  switch (content.t) {
    case "b":
      return html`<strong>${inline(content.c, glossary)}</strong>`;
    case "i":
      return html`<em>${inline(content.c, glossary)}</em>`;
    case "code":
      return html`<code>${inline(content.c, glossary)}</code>`;
    case "br":
      return html`<br />`;
    case "a":
      return link(content, glossary);
    case "term":
      return term(content, glossary);
    default:
      return inline(content.c, glossary);
  }
}

function link(tree: Record<string, unknown>, glossary?: Glossary): unknown {
  const href = typeof tree.href === "string" ? tree.href : "";
  const words = inline(tree.c, glossary);
  if (!glossary || !/^(https:\/\/|mailto:)/i.test(href)) return words;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${words}</a>`;
}

function term(tree: Record<string, unknown>, glossary?: Glossary): unknown {
  const words = inline(tree.c, glossary);
  if (!glossary?.entries[String(tree.id)]) return words;
  const open = glossary.open === tree;
  return html`<button type="button" class="term" aria-expanded=${open} @click=${() => glossary.toggle(tree)}>${words}</button>`;
}

/** The meaning of the term that is open in this block, placed right after the block. */
function definition(tree: Record<string, unknown>, glossary?: Glossary): TemplateResult | typeof nothing {
  if (!glossary?.open || !holds(tree, glossary.open)) return nothing;
  const open = glossary.open as Record<string, unknown>;
  return html`<div class="definition" role="note"><strong>${plain(open.c)}</strong> ${rich(glossary.entries[String(open.id)])}</div>`;
}

function holds(tree: unknown, wanted: object): boolean {
  if (tree === wanted) return true;
  if (Array.isArray(tree)) return tree.some((each) => holds(each, wanted));
  return isTree(tree) && holds(tree.c, wanted);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBlock(value: unknown): boolean {
  return isTree(value) && ["p", "h", "quote", "ul", "ol", "hr"].includes(String(value.t));
}
