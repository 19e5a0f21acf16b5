// Pictures, sound and film with every word that belongs to them: caption, long description, transcript, captions.
import { html, nothing, type TemplateResult } from "lit";
import type { MediaView } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";

const FILM = /\.(mp4|webm|ogv|m4v|mov)$/i;
const SOUND = /\.(mp3|ogg|oga|opus|wav|m4a|aac|flac)$/i;

export function mediaFigure(s: Screen, media: MediaView): TemplateResult | typeof nothing {
  const src = s.url(media.key);
  if (!src) return nothing;
  const caption = media.caption?.length ? html`<figcaption>${s.rich(media.caption)}</figcaption>` : nothing;
  return html`<figure class="media" lang=${s.view.language} dir=${s.view.direction}>
    ${shown(s, media, src)}${caption}
    ${more(s, s.words.say("description"), media.long_description)} ${more(s, s.words.say("transcript"), media.transcript)}
  </figure>`;
}

/** The recorded form of a scene's text. */
export function spokenScene(s: Screen, audio: MediaView | null | undefined): TemplateResult | typeof nothing {
  const src = audio && s.url(audio.key);
  if (!audio || !src) return nothing;
  return html`<figure class="media sound">
    <figcaption>${icon("listen")} ${s.words.say("listen")}</figcaption>
    <audio controls preload="none" src=${src}></audio>
    ${more(s, s.words.say("transcript"), audio.transcript)}
  </figure>`;
}

function shown(s: Screen, media: MediaView, src: string): TemplateResult {
  const name = extensionOf(media.key, src);
  if (FILM.test(name)) {
    const captions = media.captions ? s.url(media.captions) : "";
    return html`<video controls preload="metadata" playsinline src=${src} aria-label=${media.alt || nothing}>
      ${captions ? html`<track kind="captions" default src=${captions} srclang=${s.view.language} label=${s.view.language} />` : nothing}
    </video>`;
  }
  if (SOUND.test(name)) return html`<audio controls preload="none" src=${src} aria-label=${media.alt || nothing}></audio>`;
  return html`<img src=${src} alt=${media.decorative ? "" : (media.alt ?? "")} @error=${hide} />`;
}

function extensionOf(key: string, src: string): string {
  return /\.\w{2,4}$/.test(key) ? key : (src.split(/[?#]/)[0] ?? "");
}

function more(s: Screen, title: string, tree: MediaView["caption"]): TemplateResult | typeof nothing {
  if (!tree?.length) return nothing;
  return html`<details>
    <summary lang=${s.words.language} dir=${s.words.direction}>${title}</summary>
    <div class="unfolded">${s.rich(tree)}</div>
  </details>`;
}

/** A picture that does not come must not leave a broken frame; its words are shown instead. */
function hide(event: Event): void {
  const image = event.target as HTMLImageElement;
  if (!image.alt) image.hidden = true;
  image.classList.add("missing");
}
