// Scrolling one pane only: `scrollIntoView` would move the page and the frame around it as well.

export function scrollWithin(pane: HTMLElement, wanted: HTMLElement, at: "centre" | "nearest"): void {
  const box = pane.getBoundingClientRect();
  const there = wanted.getBoundingClientRect();
  const above = there.top - box.top;
  const below = there.bottom - box.bottom;
  if (at === "centre") pane.scrollTop += above - Math.max(0, (box.height - there.height) / 2);
  else if (above < 0) pane.scrollTop += above - 12;
  else if (below > 0) pane.scrollTop += Math.min(above - 12, below + 12);
}
