// Where saving and the connection stand: a word in the top bar, a sentence with a button when help is needed.
import { html, nothing, type TemplateResult } from "lit";
import type { Served } from "../../../contract/player";
import { icon } from "../icons";
import type { Session } from "../session";
import type { Words } from "../words";

export function statusWord(words: Words, session: Session, served: Served): TemplateResult | string {
  const preview = served.is_preview ? html`<span class="preview">${words.say("preview")}</span> ` : nothing;
  if (session.connection === "sending") return html`${preview}${words.say("saving")}`;
  if (session.connection === "quiet" && session.saved) return html`${preview}${icon("check")} ${words.say("saved")}`;
  return html`${preview}`;
}

/** Nothing is lost when a connection is: what to do stands beside what happened. */
export function trouble(words: Words, session: Session): TemplateResult | typeof nothing {
  switch (session.connection) {
    case "retrying":
      return html`<p class="notice">${words.say("retrying")}</p>`;
    case "away":
      return html`<div class="notice">
        <p>${words.say("away")}</p>
        <button type="button" class="plain" @click=${session.retry}>${icon("again")}${words.say("tryNow")}</button>
      </div>`;
    case "ended":
      return html`<div class="notice">
        <p><strong>${words.say("ended")}</strong> ${session.refusal}</p>
        <p>${words.say("endedWhat")}</p>
      </div>`;
    default:
      return nothing;
  }
}
