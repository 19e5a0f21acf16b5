// The whole editor: what is kept in the field, what is asked of the host, and the three panes.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type JSX, type KeyboardEvent } from "react";
import { EditorContext, useDocument, useLooking, useStore, type Editor, type Media } from "./context";
import { UNCHECKED, publishSentence, type Checked } from "./findings";
import { GraphView } from "./graph/GraphView";
import type { Host, MediaFile } from "./host";
import { Icon } from "./icons";
import { OutlineView } from "./outline/OutlineView";
import { PlayPanel } from "./panels/PlayPanel";
import { SidePane } from "./panels/SidePane";
import type { EditorStore } from "./store";
import { Toast } from "./panels/Toast";
import { Toolbar } from "./toolbar/Toolbar";

const CHECK_AFTER_MS = 700;

export function EditorApp({ store, host }: { store: EditorStore; host: Host }): JSX.Element {
  const media = useMedia(host);
  const checked = useChecks(store, host);
  const editor = useMemo<Editor>(() => ({ store, host, media, checked }), [store, host, media, checked]);
  return (
    <EditorContext value={editor}>
      <Panes checked={checked} />
    </EditorContext>
  );
}

function useMedia(host: Host): Media {
  const [files, setFiles] = useState<readonly MediaFile[]>([]);
  useEffect(() => {
    if (!host.can("media")) return;
    // Without the list the editor still works: pictures are only not shown.
    host.media().then((answer) => setFiles(answer.media), () => undefined);
  }, [host]);
  const upload = useCallback(
    async (file: File, alt: string) => {
      const { media } = await host.upload(file, alt);
      const kept = media[0];
      if (!kept) throw new Error("The file did not arrive.");
      setFiles((now) => [...now.filter((each) => each.key !== kept.key), kept]);
      return kept;
    },
    [host],
  );
  return useMemo(() => ({ files, urls: new Map(files.map((file) => [file.key, file.url])), upload }), [files, upload]);
}

function useChecks(store: EditorStore, host: Host): Checked {
  const document = useSyncExternalStore(store.subscribe, () => store.document);
  const [checked, setChecked] = useState<Checked>(UNCHECKED);
  useEffect(() => {
    if (!host.can("check")) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      host.check(document, asking.signal).then(
        ({ findings }) => setChecked({ findings, status: "checked", problem: "" }),
        (error: Error) => {
          if (!asking.signal.aborted) setChecked((now) => ({ ...now, status: "failed", problem: error.message }));
        },
      );
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [document, host]);
  return checked;
}

function Panes({ checked }: { checked: Checked }): JSX.Element {
  const store = useStore();
  const looking = useLooking();
  const root = useRef<HTMLDivElement>(null);
  useFirstView(root);
  useDocument();
  const classes = ["bw-editor", looking.full ? "bw-editor--full" : "", looking.sideOpen ? "bw-editor--side" : "", looking.playing === null ? "" : "bw-editor--playing"];
  useHistoryKeys(root);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && looking.full && !event.defaultPrevented && !isField(event.target)) {
      store.look({ full: false });
    }
  };
  return (
    <div className={classes.join(" ")} ref={root} onKeyDown={keys}>
      <div className="bw-frame">
        <Toolbar />
        {store.readOnly && <p className="bw-locked"><Icon name="lock" /> This scenario is locked: it can be read, not changed.</p>}
        <div className="bw-panes">
          <div className="bw-main">{looking.view === "graph" ? <GraphView /> : <OutlineView />}</div>
          <SidePane />
          {looking.playing !== null && <PlayPanel from={looking.playing} />}
        </div>
        <p className="bw-foot" role="status">{publishSentence(checked)}</p>
        <Toast />
      </div>
    </div>
  );
}

/** Undo and redo by keyboard: in the editor, and where the pressed button has just gone and nothing has focus. */
function useHistoryKeys(root: { current: HTMLDivElement | null }): void {
  const store = useStore();
  useEffect(() => {
    const keys = (event: globalThis.KeyboardEvent): void => {
      const isHere = event.target === document.body || root.current?.contains(event.target as Node);
      if (!isHere || !(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) store.redo();
      else store.undo();
    };
    document.addEventListener("keydown", keys);
    return () => document.removeEventListener("keydown", keys);
  }, [root, store]);
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** On a narrow screen the outline comes first: a graph needs room. */
function useFirstView(root: { current: HTMLDivElement | null }): void {
  const store = useStore();
  useEffect(() => {
    if ((root.current?.clientWidth ?? 1000) < 640) store.look({ view: "outline" });
  }, [root, store]);
}
