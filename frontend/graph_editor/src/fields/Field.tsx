// The frame of one field: label, control, hint, and the place in the document that findings point at.
import { useId, type JSX, type ReactNode } from "react";
import { formatPath, type Path } from "../edits/paths";

export interface FieldProps {
  label: string;
  path: Path;
  hint?: string;
  /** Shown to screen readers only. */
  quiet?: boolean;
  className?: string;
}

interface FrameProps extends Omit<FieldProps, "path"> {
  path: Path;
  children: (id: string, described: string | undefined) => ReactNode;
}

export function Field({ label, path, hint, quiet, className, children }: FrameProps): JSX.Element {
  const id = useId();
  const described = hint ? `${id}-hint` : undefined;
  return (
    <div className={`bw-field ${className ?? ""}`} data-path={formatPath(path)}>
      <label htmlFor={id} className={quiet ? "bw-hidden" : "bw-label"}>
        {label}
      </label>
      {children(id, described)}
      {hint && (
        <p className="bw-hint" id={described}>
          {hint}
        </p>
      )}
    </div>
  );
}
