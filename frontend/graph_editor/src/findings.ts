// Findings by scene and level, and the sentence about publishing.
import type { Finding } from "./model";

export type Level = Finding["level"];
export const LEVELS: readonly Level[] = ["error", "warning", "note"];
export const LEVEL_WORDS: Readonly<Record<Level, [one: string, many: string]>> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  note: ["note", "notes"],
};

export interface Marks {
  readonly errors: number;
  readonly warnings: number;
}

export interface Checked {
  /** What stands: empty until the first answer. */
  readonly findings: readonly Finding[];
  readonly status: "waiting" | "checking" | "checked" | "failed";
  readonly problem: string;
}

export const UNCHECKED: Checked = { findings: [], status: "waiting", problem: "" };

export function countOf(findings: readonly Finding[], level: Level): number {
  return findings.filter((finding) => finding.level === level).length;
}

export function counted(count: number, level: Level): string {
  const [one, many] = LEVEL_WORDS[level];
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

const NONE: Marks = { errors: 0, warnings: 0 };

/** Marks of each scene; scenes without any are not in it. The same marks stay the same object. */
export function marksByScene(findings: readonly Finding[]): ReadonlyMap<string, Marks> {
  const marks = new Map<string, Marks>();
  for (const { scene, level } of findings) {
    if (!scene || level === "note") continue;
    const { errors, warnings } = marks.get(scene) ?? NONE;
    marks.set(scene, level === "error" ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return marks;
}

/** What was found in some parts of the document, by their paths. */
export function countWithin(findings: readonly Finding[], parts: readonly string[]): Marks {
  const inside = findings.filter(({ path = "" }) => {
    const at = path.replace("$", "");
    return parts.some((part) => at === part || at.startsWith(`${part}.`) || at.startsWith(`${part}[`));
  });
  return { errors: countOf(inside, "error"), warnings: countOf(inside, "warning") };
}

export function publishSentence(checked: Checked): string {
  if (checked.status === "failed") return `Not checked: ${checked.problem}`;
  if (checked.status === "waiting") return "Checking…";
  const errors = countOf(checked.findings, "error");
  if (errors > 0) return `${counted(errors, "error")} ${errors === 1 ? "keeps" : "keep"} this from being published.`;
  const warnings = countOf(checked.findings, "warning");
  if (warnings > 0) return `It can be published. ${counted(warnings, "warning")} to look at first.`;
  return "It can be published.";
}
