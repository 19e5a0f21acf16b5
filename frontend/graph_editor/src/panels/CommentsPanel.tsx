// Comments on the scene in the inspector, and on the scenario as a whole.
import { useEffect, useState, type JSX } from "react";
import { useDocument, useEditor, useLooking } from "../context";
import type { Comment } from "../host";
import { Icon } from "../icons";
import { sceneById } from "../model";
import { sceneName } from "../reading/words";

export function CommentsPanel(): JSX.Element {
  const { host, store } = useEditor();
  const document = useDocument();
  const { scene: id } = useLooking();
  const scene = sceneById(document, id);
  const [comments, setComments] = useState<readonly Comment[]>([]);
  const [text, setText] = useState("");
  const [status, setStatus] = useState("Loading…");
  useEffect(() => {
    let here = true;
    host.comments().then(
      (answer) => {
        if (!here) return;
        setComments(answer.comments);
        setStatus("");
      },
      (error: Error) => here && setStatus(error.message),
    );
    return () => {
      here = false;
    };
  }, [host]);
  const send = (body: Parameters<typeof host.comment>[0], done: () => void): void => {
    host.comment(body).then(
      (answer) => {
        setComments(answer.comments);
        setStatus("");
        done();
      },
      (error: Error) => setStatus(error.message),
    );
  };
  const here = comments.filter((comment) => comment.scene === id);
  const others = comments.filter((comment) => comment.scene !== id && !comment.resolved);
  return (
    <div className="bw-comments">
      <h2>Comments {scene && <>on <q dir="auto">{sceneName(scene)}</q></>}</h2>
      {here.length === 0 && !status && <p className="bw-hint">None yet.</p>}
      <ul>{here.map((comment) => <OneComment key={comment.id} comment={comment} onResolve={() => send({ id: comment.id, resolved: !comment.resolved }, () => undefined)} />)}</ul>
      <label className="bw-field">
        <span className="bw-label">New comment</span>
        <textarea rows={3} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="button" className="bw-button" disabled={text.trim() === ""} onClick={() => send({ scene: id, text }, () => setText(""))}>Add the comment</button>
      <p role="status" className="bw-hint">{status}</p>
      {others.length > 0 && (
        <>
          <h3>Open elsewhere</h3>
          <ul className="bw-found">
            {others.map((comment) => {
              const at = sceneById(document, comment.scene);
              return (
                <li key={comment.id}>
                  <button type="button" className="bw-finding" onClick={() => at && store.look({ scene: at.id, selected: new Set([at.id]) })}>
                    <span className="bw-hint">{at ? sceneName(at) : "the whole scenario"}, {comment.author}</span>
                    <span dir="auto">{comment.text}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

function OneComment({ comment, onResolve }: { comment: Comment; onResolve: () => void }): JSX.Element {
  return (
    <li className={comment.resolved ? "bw-comment bw-comment--resolved" : "bw-comment"}>
      <p className="bw-hint">{comment.author} · <time dateTime={comment.at}>{new Date(comment.at).toLocaleString()}</time></p>
      <p dir="auto">{comment.text}</p>
      <button type="button" className="bw-quiet" onClick={onResolve}><Icon name={comment.resolved ? "again" : "check"} /> {comment.resolved ? "Reopen" : "Resolve"}</button>
    </li>
  );
}
