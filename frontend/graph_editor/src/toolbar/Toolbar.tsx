// The row above the panes: which view, add, undo and redo, search, findings, play.
import { useSyncExternalStore, type JSX } from "react";
import { useDocument, useEditor, useLooking, useStore } from "../context";
import { countOf, counted } from "../findings";
import { IconButton } from "../fields/lists";
import { Icon } from "../icons";
import { startOf } from "../model";
import type { View } from "../store";
import { AddScene } from "./AddScene";
import { SearchBox } from "./SearchBox";

export function Toolbar(): JSX.Element {
  const { store, host } = useEditor();
  const document = useDocument();
  const looking = useLooking();
  return (
    <div className="bw-toolbar" role="group" aria-label="Editor">
      <Views view={looking.view} />
      {!store.readOnly && <AddScene label="Add a scene" primary />}
      {!store.readOnly && <HistoryButtons />}
      {looking.view === "graph" && !store.readOnly && (
        <button type="button" className="bw-button bw-button--plain" onClick={() => store.tidyUp()}>
          <Icon name="tidy" /> Tidy up
        </button>
      )}
      <SearchBox />
      <FindingsButton />
      {host.can("play") && (
        <button type="button" className="bw-button" onClick={() => store.play(looking.playing ?? startOf(document))}>
          <Icon name="start" /> Play
        </button>
      )}
      <IconButton icon={looking.full ? "unfull" : "full"} label={looking.full ? "Leave the full screen" : "Full screen"} onPress={() => store.look({ full: !looking.full })} />
    </div>
  );
}

function Views({ view }: { view: View }): JSX.Element {
  const store = useStore();
  return (
    <div className="bw-views" role="group" aria-label="View">
      {(["graph", "outline"] as const).map((each) => (
        <button key={each} type="button" aria-pressed={view === each} onClick={() => store.look({ view: each, sideOpen: false })}>
          <Icon name={each} /> {each === "graph" ? "Graph" : "Outline"}
        </button>
      ))}
    </div>
  );
}

function HistoryButtons(): JSX.Element {
  const store = useStore();
  const undoable = useSyncExternalStore(store.subscribe, () => store.history.undoable);
  const redoable = useSyncExternalStore(store.subscribe, () => store.history.redoable);
  return (
    <div className="bw-pair">
      <IconButton icon="undo" label={undoable ? `Undo ${undoable}` : "Undo"} disabled={undoable === null} onPress={() => store.undo()} />
      <IconButton icon="redo" label={redoable ? `Redo ${redoable}` : "Redo"} disabled={redoable === null} onPress={() => store.redo()} />
    </div>
  );
}

function FindingsButton(): JSX.Element {
  const { store, checked } = useEditor();
  const errors = countOf(checked.findings, "error");
  const warnings = countOf(checked.findings, "warning");
  const open = (): void => store.look({ tab: "findings", sideOpen: true });
  return (
    <button type="button" className="bw-button bw-button--plain" onClick={open}>
      {errors > 0 ? <span className="bw-mark bw-mark--error"><Icon name="error" />{counted(errors, "error")}</span> : null}
      {warnings > 0 ? <span className="bw-mark bw-mark--warning"><Icon name="warning" />{counted(warnings, "warning")}</span> : null}
      {errors + warnings === 0 ? <><Icon name="check" /> {checked.status === "checked" ? "No errors" : "Findings"}</> : null}
    </button>
  );
}
