// The few pictures the player uses, always beside a word. Outlines from Lucide (ISC licence); the marks are our own.
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const outlines = {
  notebook: svg`<path d="M13.4 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-7.4M2 6h4M2 10h4M2 14h4M2 18h4"/><path d="M21.378 5.626a1 1 0 1 0-3.004-3.004l-5.01 5.012a2 2 0 0 0-.506.854l-.837 2.87a.5.5 0 0 0 .62.62l2.87-.837a2 2 0 0 0 .854-.506z"/>`,
  stop: svg`<circle cx="12" cy="12" r="10"/><rect x="9" y="9" width="6" height="6" rx="1"/>`,
  hint: svg`<path d="M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5M9 18h6M10 22h4"/>`,
  note: svg`<path d="M12.67 19a2 2 0 0 0 1.416-.588l6.154-6.172a6 6 0 0 0-8.49-8.49L5.586 9.914A2 2 0 0 0 5 11.328V18a1 1 0 0 0 1 1zM16 8 2 22M17.5 15H9"/>`,
  next: svg`<path d="M5 12h14M12 5l7 7-7 7"/>`,
  up: svg`<path d="m5 12 7-7 7 7M12 19V5"/>`,
  down: svg`<path d="M12 5v14M19 12l-7 7-7-7"/>`,
  again: svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/>`,
  clock: svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`,
  listen: svg`<path d="M11 4.702a.705.705 0 0 0-1.203-.498L6.413 7.587A1.4 1.4 0 0 1 5.416 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2.416a1.4 1.4 0 0 1 .997.413l3.383 3.384A.705.705 0 0 0 11 19.298zM16 9a5 5 0 0 1 0 6M19.364 18.364a9 9 0 0 0 0-12.728"/>`,
  pen: svg`<path d="M13 21h8M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/>`,
  compass: svg`<circle cx="12" cy="12" r="10"/><path d="m16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z"/>`,
  grip: svg`<path d="M9 5v.01M9 12v.01M9 19v.01M15 5v.01M15 12v.01M15 19v.01"/>`,
  private: svg`<rect width="18" height="11" x="3" y="11" rx="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/>`,
  check: svg`<path d="M20 6 9 17l-5-5"/>`,
} as const;

export type IconName = keyof typeof outlines;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${outlines[name]}</svg>`;
}

// Shapes that tell marks and outcomes apart without colour: full, half, hollow, square, page.
const shapes = {
  full: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/>`,
  half: svg`<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/>`,
  hollow: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>`,
  square: svg`<rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="none" stroke="currentColor" stroke-width="2"/>`,
  page: svg`<path d="M3.5 1.75h9v12.5h-9zM6 5.5h4M6 8.5h4" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
  dot: svg`<circle cx="8" cy="8" r="3" fill="currentColor"/>`,
} as const;

export type ShapeName = keyof typeof shapes;

/** The drawing alone, in a 16 x 16 box: for use inside another picture. */
export function shape(name: ShapeName): SVGTemplateResult {
  return shapes[name];
}

export function mark(name: ShapeName): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}

/** The shape of each mark in the margin: full where the words worked, hollow where they missed. */
export const MARK_SHAPES: Record<"" | "missed" | "mixed" | "strong", ShapeName> = {
  strong: "full",
  mixed: "half",
  missed: "hollow",
  "": "dot",
};
