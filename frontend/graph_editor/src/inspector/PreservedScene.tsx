// A scene without a form of its own: its ways can be drawn, the rest is shown and kept as it is.
import type { JSX } from "react";
import { useDocument } from "../context";
import { LeadsTo } from "../fields/LeadsTo";
import { waysOut } from "../edits/ways";
import type { Scene } from "../model";

export function PreservedScene({ scene }: { scene: Scene }): JSX.Element {
  const document = useDocument();
  const ways = waysOut(scene, document);
  return (
    <>
      {ways.length > 0 && (
        <section>
          <h3>Ways on</h3>
          {ways.map((way) => <LeadsTo key={way.key} label={way.words} scene={scene.id} way={way.key} />)}
        </section>
      )}
      <section>
        <h3>As written</h3>
        <p className="bw-hint">This kind has no form here yet. It is kept as it is; change it in an imported file.</p>
        {/* A region that scrolls must be reachable by keyboard. */}
        <pre className="bw-json" tabIndex={0} role="region" aria-label="The scene as JSON">{JSON.stringify(scene, null, 2)}</pre>
      </section>
    </>
  );
}
