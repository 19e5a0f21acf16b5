// The one public name: `mountEditor(root, options)` puts the editor over the hidden textarea and returns how to take it away.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import "@xyflow/react/dist/style.css";
import "../../tokens/tokens.css";
import "./styles/editor.css";
import "./styles/graph.css";
import "./styles/forms.css";
import "./styles/panels.css";
import { EditorApp } from "./EditorApp";
import { readDrawing } from "./drawing";
import { Host, type HostOptions } from "./host";
import { commitBeforeSaving, followLinks, keepField, keepShortcuts, saveOnce } from "./page";
import { flushPending } from "./pending";
import { EditorStore } from "./store";

/** Throws when the field holds no drawable document: the plain form then stays, and says why. */
export function mountEditor(element: HTMLElement, options: HostOptions): () => void {
  const field = document.getElementById(options.textareaId);
  if (!(field instanceof HTMLTextAreaElement)) throw new Error(`There is no field “${options.textareaId}”.`);
  const store = new EditorStore(readDrawing(field.value), options.readOnly);
  const leave = [keepField(store, field), commitBeforeSaving(field), keepShortcuts(element), followLinks(store, element)];
  if (field.form) leave.push(saveOnce(field.form));
  const root = createRoot(element);
  root.render(createElement(EditorApp, { store, host: new Host(options) }));
  return () => {
    flushPending();
    root.unmount();
    for (const each of leave) each();
  };
}
