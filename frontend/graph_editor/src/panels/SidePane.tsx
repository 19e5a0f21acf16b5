// The pane beside the story: the scene, the scenario, findings, comments. Brings a wanted field into view.
import { useEffect, useRef, type JSX } from "react";
import { useEditor, useLooking } from "../context";
import { countOf } from "../findings";
import { IconButton } from "../fields/lists";
import { Inspector } from "../inspector/Inspector";
import { Settings } from "../settings/Settings";
import { scrollWithin } from "../scrolling";
import type { Tab } from "../store";
import { CommentsPanel } from "./CommentsPanel";
import { FindingsPanel } from "./FindingsPanel";

const TABS: readonly (readonly [Tab, string])[] = [["scene", "Scene"], ["scenario", "Scenario"], ["findings", "Findings"], ["comments", "Comments"]];

export function SidePane(): JSX.Element {
  const { store, host, checked } = useEditor();
  const { tab, reveal } = useLooking();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reveal.turn > 0 && body.current) bringIntoView(body.current, reveal.path);
  }, [reveal.turn, reveal.path]);
  const offered = TABS.filter(([id]) => id !== "comments" || host.can("comments"));
  const found = countOf(checked.findings, "error") + countOf(checked.findings, "warning");
  return (
    <div className="bw-side">
      <div className="bw-tabs" role="group" aria-label="What to show">
        {offered.map(([id, words]) => (
          <button key={id} type="button" aria-pressed={tab === id} onClick={() => store.look({ tab: id })}>
            {words}
            {id === "findings" && found > 0 ? ` (${found})` : ""}
          </button>
        ))}
        <span className="bw-side__close"><IconButton icon="close" label="Back to the story" onPress={() => store.look({ sideOpen: false })} /></span>
      </div>
      <div className="bw-side__body" ref={body} tabIndex={-1}>
        {tab === "scene" && <Inspector />}
        {tab === "scenario" && <Settings />}
        {tab === "findings" && <FindingsPanel />}
        {tab === "comments" && <CommentsPanel />}
      </div>
    </div>
  );
}

/** Opens what hides the field nearest to `path`, scrolls to it, and moves focus there. */
function bringIntoView(pane: HTMLElement, path: string): void {
  for (let wanted = path.replace("$", ""); wanted !== ""; wanted = wanted.replace(/(\.[^.[\]]*|\[\d+\])$/, "")) {
    const found = pane.querySelector<HTMLElement>(`[data-path="${CSS.escape(wanted)}"]`);
    if (!found) {
      if (!/(\.[^.[\]]*|\[\d+\])$/.test(wanted)) break;
      continue;
    }
    for (let outer: HTMLElement | null = found; outer && outer !== pane; outer = outer.parentElement) {
      if (outer instanceof HTMLDetailsElement) outer.open = true;
    }
    if (found.classList.contains("bw-form")) break;
    scrollWithin(pane, found, "centre");
    found.querySelector<HTMLElement>("textarea, input, select, summary, button")?.focus({ preventScroll: true });
    return;
  }
  pane.scrollTop = 0;
  pane.focus({ preventScroll: true });
}
