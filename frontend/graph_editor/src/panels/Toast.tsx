// What was just done, said after the fact, with a way back.
import { useEffect, useSyncExternalStore, type JSX } from "react";
import { useStore } from "../context";
import { IconButton } from "../fields/lists";

const SHOWN_MS = 12_000;

export function Toast(): JSX.Element {
  const store = useStore();
  const toast = useSyncExternalStore(store.subscribe, () => store.toast);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => store.dismissToast(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, store]);
  return (
    <div className={toast ? "bw-toast" : "bw-hidden"}>
      <span role="status">{toast?.text}</span>
      {toast?.undo && <button type="button" className="bw-button bw-button--small" onClick={() => store.undo()}>Undo</button>}
      {toast && <IconButton icon="close" label="Dismiss" onPress={() => store.dismissToast()} />}
    </div>
  );
}
