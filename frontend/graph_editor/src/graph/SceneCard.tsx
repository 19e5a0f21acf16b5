// One card of the graph: quiet paper with the kind, the first words, who speaks, marks, and a handle for every way.
import { memo, type JSX } from "react";
import { Handle, Position, type NodeProps } from "@xyflow/react";
import { Icon, isIcon, type IconName } from "../icons";
import { KIND_WORDS, OUTCOME_WORDS } from "../reading/words";
import type { Marks } from "../findings";
import type { Card } from "./cards";

function iconOf(data: Card["data"]): IconName {
  const { scene } = data;
  if (scene.kind === "ending" && isIcon(scene.outcome)) return scene.outcome;
  return isIcon(scene.kind) ? scene.kind : "note";
}

export const SceneCard = memo(function SceneCard({ data, selected }: NodeProps<Card>): JSX.Element {
  const { scene, ways } = data;
  const outcome = scene.kind === "ending" ? `bw-card--${scene.outcome}` : "";
  const word = scene.kind === "ending" ? (OUTCOME_WORDS[scene.outcome] ?? "Ending") : (KIND_WORDS[scene.kind] ?? scene.kind);
  return (
    <div className={`bw-card bw-card--${scene.kind} ${outcome} ${selected ? "bw-card--selected" : ""}`}>
      <Handle type="target" position={Position.Left} className="bw-arrival" isConnectableStart={false} />
      <div className="bw-card__head">
        <div className="bw-card__kind">
          <Icon name={iconOf(data)} />
          <span>{word}</span>
          {data.isStart && <span className="bw-card__start">Start</span>}
          <MarksOf marks={data.marks} />
        </div>
        <div className="bw-card__words">
          <div>
            <div className="bw-card__name" dir="auto">{data.name}</div>
            <div className="bw-card__first" dir="auto">{data.first === data.name ? "" : data.first}</div>
          </div>
          {data.portrait && <img className="bw-card__portrait" src={data.portrait} alt="" loading="lazy" />}
        </div>
      </div>
      {ways.length > 0 && (
        <ul className="bw-card__ways">
          {ways.map((way) => (
            <li key={way.key} className={way.target === "" && !way.optional ? "bw-way--open" : undefined}>
              <span dir="auto">{way.words}</span>
              <Handle type="source" position={Position.Right} id={way.key} className={way.target ? "bw-handle bw-handle--drawn" : "bw-handle"} isConnectableEnd={false} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
});

function MarksOf({ marks }: { marks: Marks | undefined }): JSX.Element | null {
  if (!marks) return null;
  return (
    <span className="bw-card__marks">
      {marks.errors > 0 && <span className="bw-mark bw-mark--error" title={marks.errors === 1 ? "1 error" : `${marks.errors} errors`}><Icon name="error" />{marks.errors}</span>}
      {marks.warnings > 0 && <span className="bw-mark bw-mark--warning" title={marks.warnings === 1 ? "1 warning" : `${marks.warnings} warnings`}><Icon name="warning" />{marks.warnings}</span>}
    </span>
  );
}
