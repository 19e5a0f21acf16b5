// A media key: chosen among what has been uploaded, or uploaded here.
import { useState, type JSX } from "react";
import { useEditor, useValue } from "../context";
import { setAt, type Path } from "../edits/paths";
import { Icon } from "../icons";
import { SelectField } from "./choices";

export function MediaField({ label, path, accept = "image/*", altPath }: { label: string; path: Path; accept?: string; altPath?: Path }): JSX.Element {
  const { store, media, host } = useEditor();
  const [status, setStatus] = useState("");
  const value = useValue(path);
  const key = typeof value === "string" ? value : "";
  const wanted = accept.split("/")[0] ?? "";
  const fitting = media.files.filter((file) => accept === "*/*" || file.mime.startsWith(wanted));
  const url = media.urls.get(key);
  const isPicture = media.files.find((file) => file.key === key)?.mime.startsWith("image/");
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setStatus("Uploading…");
    try {
      const kept = await media.upload(file, "");
      store.edit("choosing a file", (document) => {
        const chosen = setAt(document, path, kept.key);
        return altPath && kept.alt ? setAt(chosen, altPath, kept.alt) : chosen;
      });
      setStatus(`Uploaded ${kept.name}.`);
    } catch (error) {
      setStatus(error instanceof Error ? error.message : "The file was not uploaded.");
    }
  };
  return (
    <div className="bw-media">
      {url && isPicture && <img className="bw-thumb bw-thumb--large" src={url} alt="" />}
      <div>
        <SelectField label={label} path={path} offered={[["", "none"], ...fitting.map((file) => [file.key, file.name || file.key] as const)]} />
        {!store.readOnly && host.can("media") && (
          <label className="bw-upload">
            <Icon name="upload" /> Upload
            <input type="file" accept={accept === "*/*" ? undefined : accept} className="bw-hidden" onChange={(event) => void upload(event.target.files?.[0])} />
          </label>
        )}
        <span role="status" className="bw-hint">{status}</span>
      </div>
    </div>
  );
}
