// One way in the graph: a curve to what comes later; a way back goes over the top, not through the cards between.
import { memo, type JSX } from "react";
import { BaseEdge, getBezierPath, getSmoothStepPath, type Edge, type EdgeProps } from "@xyflow/react";
import { ARRIVAL_Y } from "./sizes";

/** How far above both cards a way back runs, in pixels of the paper. */
const OVER = 22;

/** `below` is how far below the top of its card a way begins. */
export type Drawn = Edge<{ below: number }, "way">;

export const WayEdge = memo(function WayEdge({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, label, interactionWidth }: EdgeProps<Drawn>): JSX.Element {
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  const over = Math.min(sourceY - (data?.below ?? 0), targetY - ARRIVAL_Y) - OVER;
  const [path, labelX, labelY] = targetX > sourceX ? getBezierPath(ends) : getSmoothStepPath({ ...ends, centerY: over, borderRadius: 14 });
  return <BaseEdge path={path} label={label} labelX={labelX} labelY={labelY} interactionWidth={interactionWidth} />;
});
