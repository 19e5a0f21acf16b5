// A part of a form that can be closed: it says beside its title what it holds, and what the checks found in it.
import { useState, type JSX, type MouseEvent, type ReactNode } from "react";
import { useEditor } from "../context";
import { formatPath, type Path } from "../edits/paths";
import { counted, countWithin } from "../findings";
import { Icon } from "../icons";
import { keepOpen, wasOpen } from "./folded";

interface Props {
  title: string;
  /** Said beside the title. */
  aside?: ReactNode;
  path?: Path;
  /** Another place whose findings lie in here. */
  also?: Path;
  open?: boolean;
  /** Under this name it stays as somebody left it, in the next scene and after saving too. */
  keep?: string;
  children: ReactNode;
}

/** A finding that leads inside opens it, and that is not kept. */
export function Group({ title, aside, path, also, open, keep, children }: Props): JSX.Element {
  const [kept] = useState(() => (keep === undefined ? undefined : wasOpen(keep)));
  const press = (event: MouseEvent<HTMLElement>): void => {
    // The click comes first, then it opens or closes.
    if (keep !== undefined) keepOpen(keep, !(event.currentTarget.parentElement as HTMLDetailsElement).open);
  };
  return (
    <details className="bw-group" open={kept ?? open} data-path={path && formatPath(path)}>
      <summary onClick={press}>
        <span>{title}</span>
        <span className="bw-group__says">
          {keep !== undefined && path && <Found within={also ? [path, also] : [path]} />}
          {aside && <span className="bw-aside">{aside}</span>}
        </span>
      </summary>
      <div className="bw-group__body">{children}</div>
    </details>
  );
}

function Found({ within }: { within: readonly Path[] }): JSX.Element | null {
  const { checked } = useEditor();
  const { errors, warnings } = countWithin(checked.findings, within.map(formatPath));
  if (errors + warnings === 0) return null;
  const level = errors > 0 ? "error" : "warning";
  return (
    <span className={`bw-mark bw-mark--${level}`}>
      <Icon name={level} /> {counted(errors || warnings, level)}
    </span>
  );
}
