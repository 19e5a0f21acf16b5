// What the checks found, worst first; a finding goes to its place.
import type { JSX } from "react";
import { useDocument, useEditor } from "../context";
import { LEVELS, LEVEL_WORDS, publishSentence } from "../findings";
import { Icon } from "../icons";
import { sceneById, type Finding } from "../model";
import { sceneName } from "../reading/words";

export function FindingsPanel(): JSX.Element {
  const { checked } = useEditor();
  return (
    <div className="bw-findingspanel">
      <h2>Findings</h2>
      <p className="bw-sentence">{publishSentence(checked)}</p>
      {LEVELS.map((level) => {
        const found = checked.findings.filter((finding) => finding.level === level);
        if (found.length === 0) return null;
        return (
          <section key={level}>
            <h3 className={`bw-level bw-level--${level}`}><Icon name={level} /> {capital(LEVEL_WORDS[level][1])} <span className="bw-aside">{found.length}</span></h3>
            <ul className="bw-found">
              {found.map((finding, index) => <li key={index}><FindingButton finding={finding} /></li>)}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function FindingButton({ finding }: { finding: Finding }): JSX.Element {
  const { store } = useEditor();
  const document = useDocument();
  const scene = sceneById(document, finding.scene ?? "");
  return (
    <button type="button" className="bw-finding" onClick={() => store.goTo(finding.path ?? "", finding.scene)}>
      {scene && <span className="bw-hint" dir="auto">{sceneName(scene)}</span>}
      <span>{finding.message}</span>
      {finding.hint && <span className="bw-hint">{finding.hint}</span>}
    </button>
  );
}
