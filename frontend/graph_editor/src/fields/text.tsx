// Fields for words: one line, or several. Plain textareas, so that the browser's spelling check works.
import type { JSX, KeyboardEvent } from "react";
import { useStore, useValue } from "../context";
import { formatPath, setAt } from "../edits/paths";
import { Field, type FieldProps } from "./Field";
import { useTyping } from "./typing";

interface TextProps extends FieldProps {
  /** Keeps an empty text in the document, where the format asks for the field. */
  required?: boolean;
  placeholder?: string;
  /** Turns the words into what is stored, for lists and the like. */
  read?: (stored: unknown) => string;
  write?: (text: string) => unknown;
}

function useText({ path, label, required, read, write }: TextProps): ReturnType<typeof useTyping> {
  const store = useStore();
  const value = useValue(path);
  const stored = read ? read(value) : typeof value === "string" ? value : "";
  return useTyping(stored, formatPath(path), (text, merge) => {
    const to = write ? write(text) : text === "" && !required ? undefined : text;
    store.edit(`changing “${label.toLowerCase()}”`, (document) => setAt(document, path, to), merge);
  });
}

/** Enter in a one-line field would submit the page's form. */
export function keepEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}

export function LineField(props: TextProps): JSX.Element {
  const { readOnly } = useStore();
  const typing = useText(props);
  return (
    <Field {...props}>
      {(id, described) => (
        <input
          id={id} type="text" dir="auto" autoComplete="off" aria-describedby={described} readOnly={readOnly} placeholder={props.placeholder}
          value={typing.value} onKeyDown={keepEnter} onFocus={typing.begin} onBlur={typing.end}
          onChange={(event) => typing.type(event.target.value)}
        />
      )}
    </Field>
  );
}

export function WordsField({ rows = 2, ...props }: TextProps & { rows?: number }): JSX.Element {
  const { readOnly } = useStore();
  const typing = useText(props);
  return (
    <Field {...props}>
      {(id, described) => (
        <textarea
          id={id} dir="auto" rows={rows} spellCheck aria-describedby={described} readOnly={readOnly} placeholder={props.placeholder}
          value={typing.value} onFocus={typing.begin} onBlur={typing.end} onChange={(event) => typing.type(event.target.value)}
        />
      )}
    </Field>
  );
}

interface NumberProps extends FieldProps {
  min?: number;
  max?: number;
  step?: number | "any";
  placeholder?: string;
  /** Stored when the field is emptied; taken away without it. */
  empty?: number;
}

export function NumberField({ min, max, step = "any", empty, ...props }: NumberProps): JSX.Element {
  const store = useStore();
  const { path, label } = props;
  const value = useValue(path);
  const typing = useTyping(typeof value === "number" ? String(value) : "", formatPath(path), (text, merge) => {
    const number = Number(text.replace(",", "."));
    const to = text.trim() === "" || !Number.isFinite(number) ? empty : number;
    store.edit(`changing “${label.toLowerCase()}”`, (document) => setAt(document, path, to), merge);
  });
  return (
    <Field {...props} className={`bw-field--number ${props.className ?? ""}`}>
      {(id, described) => (
        <input
          id={id} type="number" min={min} max={max} step={step} inputMode="decimal" aria-describedby={described} readOnly={store.readOnly}
          placeholder={props.placeholder} value={typing.value} onKeyDown={keepEnter} onFocus={typing.begin} onBlur={typing.end}
          onChange={(event) => typing.type(event.target.value)}
        />
      )}
    </Field>
  );
}

interface LinesProps extends FieldProps {
  rows?: number;
  /** Keeps an empty list in the document, where something else names it. */
  required?: boolean;
}

/** One entry a line: goals, accepted answers, words of a variable. */
export function LinesField({ required, ...props }: LinesProps): JSX.Element {
  return (
    <WordsField
      {...props}
      read={(stored) => (Array.isArray(stored) ? stored.map(String).join("\n") : "")}
      write={(text) => {
        const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
        return lines.length > 0 || required ? lines : undefined;
      }}
    />
  );
}
