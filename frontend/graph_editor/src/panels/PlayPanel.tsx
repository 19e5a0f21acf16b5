// Test-play in a drawer: the learner's own player, on the document as it is now.
import { useEffect, useRef, useState, type JSX } from "react";
import { mount } from "../../../player/src/index";
import { useEditor, useDocument } from "../context";
import { IconButton } from "../fields/lists";
import { Icon } from "../icons";
import { isDark } from "../graph/GraphView";
import { sceneById } from "../model";
import { variableName } from "../reading/conditions";
import { sceneName } from "../reading/words";
import { testPlay, type Told } from "./testPlay";

const NOTHING: Told = { findings: [], variables: {}, scene: "" };

export function PlayPanel({ from }: { from: string }): JSX.Element {
  const { store, host } = useEditor();
  const document = useDocument();
  const stage = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<Told>(NOTHING);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const transport = testPlay(host, () => store.document, from, setTold);
    mount(element, transport, { theme: isDark() ? "dark" : "light", draftKey: `test-play-${turn}` });
    return () => element.replaceChildren();
  }, [host, store, from, turn]);
  const start = sceneById(document, from);
  const now = sceneById(document, told.scene);
  return (
    <section className="bw-play" aria-label="Test-play">
      <header className="bw-play__head">
        <h2><Icon name="start" /> Test-play <span className="bw-aside">from {start ? sceneName(start) : "the start"}</span></h2>
        <IconButton icon="again" label="Start this test again" onPress={() => setTurn(turn + 1)} />
        <IconButton icon="close" label="Close test-play" onPress={() => store.look({ playing: null })} />
      </header>
      {told.findings.length > 0 && (
        <div className="bw-play__problems" role="alert">
          <p><strong>This cannot be played yet.</strong></p>
          <ul className="bw-found">
            {told.findings.slice(0, 8).map((finding, index) => (
              <li key={index}>
                <button type="button" className="bw-finding" onClick={() => store.goTo(finding.path ?? "", finding.scene)}>
                  <span>{finding.message}</span>
                  {finding.hint && <span className="bw-hint">{finding.hint}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="bw-play__stage" ref={stage} hidden={told.findings.length > 0} />
      {(now || Object.keys(told.variables).length > 0) && (
        <footer className="bw-play__foot">
          {now && <button type="button" className="bw-quiet" onClick={() => store.show(now.id)}>At “{sceneName(now)}”: edit it</button>}
          <dl>
            {Object.entries(told.variables).map(([id, value]) => (
              <div key={id}>
                <dt>{variableName(document, id)}</dt>
                <dd>{value === true ? "yes" : value === false ? "no" : String(value)}</dd>
              </div>
            ))}
          </dl>
        </footer>
      )}
    </section>
  );
}
