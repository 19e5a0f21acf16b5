// The graph: what is moved, connected or deleted here becomes an edit of the store; nothing is kept here but a drag.
import { useCallback, useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent } from "react";
import {
  Background, BackgroundVariant, Controls, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow,
  type Connection, type FinalConnectionState, type NodeChange, type OnDelete,
} from "@xyflow/react";
import { useDocument, useEditor, useLayout, useLooking } from "../context";
import { marksByScene } from "../findings";
import { scenesOf, startOf, type Place, type SceneKind } from "../model";
import { CardMaker, type Card } from "./cards";
import { SceneCard } from "./SceneCard";
import { WayEdge, type Drawn } from "./WayEdge";
import { AddHere, type Dropped } from "./AddHere";
import { CARD_WIDTH } from "./sizes";

const CARD_TYPES = { scene: SceneCard };
const EDGE_TYPES = { way: WayEdge };
const MINIMAP_UP_TO = 1500;
// More cards than this are never drawn all at once.
const DRAWN_WHOLE_UP_TO = 400;
const LABELS = {
  "node.a11yDescription.default": "Press Enter to open the scene, arrow keys to move its card, Delete to delete it.",
  "node.a11yDescription.keyboardDisabled": "Press Enter to open the scene.",
  "edge.a11yDescription.default": "Press Delete to take this way back.",
  "controls.ariaLabel": "Zoom",
  "controls.fitView.ariaLabel": "Show everything",
  "minimap.ariaLabel": "Map of the story",
};

export function GraphView(): JSX.Element {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function useDarkness(): "dark" | "light" {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const update = (): void => setDark(isDark());
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", update);
    return () => {
      observer.disconnect();
      media.removeEventListener("change", update);
    };
  }, []);
  return dark ? "dark" : "light";
}

export function isDark(): boolean {
  return getComputedStyle(document.documentElement).colorScheme.includes("dark") && (document.documentElement.classList.contains("w-theme-dark") || matchMedia("(prefers-color-scheme: dark)").matches);
}

function Canvas(): JSX.Element {
  const { store, media, checked } = useEditor();
  const document = useDocument();
  const layout = useLayout();
  const looking = useLooking();
  const flow = useReactFlow<Card>();
  const [maker] = useState(() => new CardMaker());
  const [dragged, setDragged] = useState<ReadonlyMap<string, Place>>(new Map());
  const [edgesChosen, setEdgesChosen] = useState<ReadonlySet<string>>(new Set());
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const theme = useDarkness();

  const marks = useMemo(() => marksByScene(checked.findings), [checked.findings]);
  const cards = useMemo(
    () => maker.makeCards(document, { layout, selected: looking.selected, dragged, marks, urls: media.urls, readOnly: store.readOnly }),
    [maker, document, layout, looking.selected, dragged, marks, media.urls, store.readOnly],
  );
  const drawn = useMemo(() => maker.makeEdges(document, looking.selected), [maker, document, looking.selected]);
  const edges = useMemo(() => (edgesChosen.size === 0 ? drawn : drawn.map((edge) => (edgesChosen.has(edge.id) ? { ...edge, selected: true } : edge))), [drawn, edgesChosen]);

  const changeCards = useCallback(
    (changes: NodeChange<Card>[]) => {
      const moving = new Map<string, Place>();
      const moved: Record<string, Place> = {};
      let selected: Set<string> | null = null;
      for (const change of changes) {
        if (change.type === "position" && change.position) {
          if (change.dragging) moving.set(change.id, change.position);
          else moved[change.id] = change.position;
        } else if (change.type === "select") {
          selected ??= new Set(store.looking.selected);
          if (change.selected) selected.add(change.id);
          else selected.delete(change.id);
        }
      }
      if (moving.size > 0) setDragged(moving);
      if (Object.keys(moved).length > 0) {
        setDragged(new Map());
        store.place(moved, `move ${Object.keys(moved).join(" ")}`);
      }
      if (selected) store.select(selected);
    },
    [store],
  );

  const connect = useCallback((made: Connection) => store.connect(made.source, made.sourceHandle ?? "", made.target), [store]);
  const dropOnPaper = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || state.toNode || !state.fromNode || !state.fromHandle?.id) return;
      const at = "changedTouches" in event ? event.changedTouches[0] : event;
      const box = frame.current?.getBoundingClientRect();
      if (!at || !box) return;
      const place = flow.screenToFlowPosition({ x: at.clientX, y: at.clientY });
      setDropped({ left: at.clientX - box.left, top: at.clientY - box.top, place: { x: place.x, y: place.y - 22 }, from: { scene: state.fromNode.id, way: state.fromHandle.id } });
    },
    [flow],
  );
  const remove: OnDelete<Card, Drawn> = useCallback(
    ({ nodes, edges: gone }) => {
      if (nodes.length > 0) store.deleteScenes(nodes.map((card) => card.id));
      else for (const edge of gone) store.connect(edge.source, edge.sourceHandle ?? "", "");
    },
    [store],
  );

  // Bring what findings, search or the outline went to into view; at first, the start.
  const { reveal } = looking;
  useEffect(() => {
    if (reveal.turn === 0) return;
    const place = store.drawing.layout[store.looking.scene];
    if (place) void flow.setCenter(place.x + CARD_WIDTH / 2, place.y + 80, { zoom: Math.max(0.8, flow.getZoom()), duration: 0 });
  }, [reveal.turn, flow, store]);

  const openOnEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    const card = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node");
    if (card?.dataset.id) {
      event.preventDefault();
      store.show(card.dataset.id);
    }
  };

  const start = layout[startOf(document)] ?? { x: 0, y: 0 };
  return (
    <div className="bw-graph" ref={frame} dir="ltr" onKeyDown={openOnEnter}>
      <ReactFlow<Card, Drawn>
        nodes={cards} edges={edges} nodeTypes={CARD_TYPES} edgeTypes={EDGE_TYPES} colorMode={theme} ariaLabelConfig={LABELS}
        onlyRenderVisibleElements minZoom={cards.length < DRAWN_WHOLE_UP_TO ? 0.04 : 0.15} maxZoom={1.75} defaultViewport={{ x: 48 - start.x, y: 160 - start.y, zoom: 1 }}
        nodesDraggable={!store.readOnly} nodesConnectable={!store.readOnly} edgesReconnectable={false} elevateNodesOnSelect={false}
        deleteKeyCode={store.readOnly ? null : ["Delete", "Backspace"]} selectionKeyCode="Shift" multiSelectionKeyCode={["Meta", "Control"]} connectionRadius={36}
        onNodesChange={changeCards} onConnect={connect} onConnectEnd={dropOnPaper} onDelete={remove}
        // Delete pressed in another pane must not delete the card chosen here.
        onBeforeDelete={async () => frame.current?.contains(globalThis.document.activeElement) ?? false}
        onEdgesChange={(changes) => {
          const chosen = new Set(edgesChosen);
          for (const change of changes) {
            if (change.type !== "select") continue;
            if (change.selected) chosen.add(change.id);
            else chosen.delete(change.id);
          }
          setEdgesChosen(chosen);
        }}
        onNodeClick={() => store.look({ tab: "scene" })} onNodeDoubleClick={(_, card) => store.show(card.id)}
        proOptions={{ hideAttribution: false }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        <Controls showInteractive={false} position="bottom-left" />
        {cards.length > 12 && cards.length < MINIMAP_UP_TO && <MiniMap pannable zoomable position="bottom-right" nodeColor={colourOnMap} nodeStrokeWidth={0} />}
      </ReactFlow>
      {scenesOf(document).length === 0 && <p className="bw-empty bw-empty--graph">No scenes yet. Add a first one from “Add a scene” above.</p>}
      {dropped && <AddHere dropped={dropped} onClose={() => setDropped(null)} onChoose={(kind: SceneKind) => store.addScene(kind, { place: dropped.place, from: dropped.from })} />}
    </div>
  );
}

function colourOnMap(card: Card): string {
  const { scene } = card.data;
  if (card.selected) return "var(--bw-accent)";
  return scene.kind === "ending" ? `var(--bw-${scene.outcome}, var(--bw-line-strong))` : "var(--bw-line-strong)";
}
