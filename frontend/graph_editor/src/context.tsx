// How components reach the store, the host and what the host answered. Each hook re-renders only for what it reads.
import { createContext, useContext, useSyncExternalStore } from "react";
import { valueAt, type Path } from "./edits/paths";
import type { Checked } from "./findings";
import type { Host, MediaFile } from "./host";
import type { Document, Layout } from "./model";
import type { EditorStore, Looking } from "./store";

export interface Media {
  readonly files: readonly MediaFile[];
  readonly urls: ReadonlyMap<string, string>;
  upload(file: File, alt: string): Promise<MediaFile>;
}

export interface Editor {
  readonly store: EditorStore;
  readonly host: Host;
  readonly media: Media;
  readonly checked: Checked;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("Drawn outside of the editor.");
  return editor;
}

export function useStore(): EditorStore {
  return useEditor().store;
}

export function useDocument(): Document {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.document);
}

export function useLayout(): Layout {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.drawing.layout);
}

export function useLooking(): Looking {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.looking);
}

export function useValue(path: Path): unknown {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => valueAt(store.document, path));
}
