// What the page tells the editor, and the requests the editor may make. Nothing is kept between requests.
import type { Finding, Served } from "../../contract/document";

export interface HostOptions {
  textareaId: string;
  readOnly?: boolean;
  urls?: Partial<Record<"check" | "play" | "media" | "comments" | "proof", string>>;
  csrf?: string;
  userName?: string;
}

export interface MediaFile {
  key: string;
  url: string;
  mime: string;
  alt: string;
  name: string;
}

export interface Comment {
  id: number;
  scene: string;
  text: string;
  author: string;
  mine: boolean;
  at: string;
  resolved: boolean;
}

export interface TestPlayed {
  served?: Served | null;
  state?: Record<string, unknown>;
  findings?: Finding[];
}

export class Host {
  constructor(readonly options: HostOptions) {}

  can(name: keyof NonNullable<HostOptions["urls"]>): boolean {
    return Boolean(this.options.urls?.[name]);
  }

  check(document: unknown, signal: AbortSignal): Promise<{ findings: Finding[] }> {
    return this.post("check", { document }, signal);
  }

  play(body: Record<string, unknown>): Promise<TestPlayed> {
    return this.post("play", body);
  }

  media(): Promise<{ media: MediaFile[] }> {
    return this.ask("media", { method: "GET" });
  }

  upload(file: File, alt: string): Promise<{ media: MediaFile[] }> {
    const body = new FormData();
    body.append("file", file);
    body.append("alt", alt);
    return this.ask("media", { method: "POST", body });
  }

  comments(): Promise<{ comments: Comment[] }> {
    return this.ask("comments", { method: "GET" });
  }

  comment(body: { scene: string; text: string } | { id: number; resolved: boolean }): Promise<{ comments: Comment[] }> {
    return this.post("comments", body);
  }

  private post<T>(name: keyof NonNullable<HostOptions["urls"]>, body: unknown, signal?: AbortSignal): Promise<T> {
    return this.ask(name, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, signal });
  }

  private async ask<T>(name: keyof NonNullable<HostOptions["urls"]>, request: RequestInit): Promise<T> {
    const url = this.options.urls?.[name];
    if (!url) throw new Error("Save the scenario first.");
    const headers = { Accept: "application/json", "X-CSRFToken": this.options.csrf ?? "", ...request.headers };
    let answer: Response;
    try {
      answer = await fetch(url, { credentials: "same-origin", ...request, headers });
    } catch (error) {
      if (isGivenUp(error)) throw error;
      throw new Error("The server was not reached. Check the connection and try again.", { cause: error });
    }
    const said: unknown = await answer.json().catch((error: unknown) => {
      if (isGivenUp(error)) throw error;
      return null;
    });
    if (!answer.ok) throw new Error((said as { error?: string } | null)?.error ?? refusal(answer.status));
    if (said === null) throw new Error("The server's answer did not arrive whole. Try again in a moment.");
    return said as T;
  }
}

/** We ask anew before the answer is here, or while it is being read. */
function isGivenUp(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

function refusal(status: number): string {
  if (status === 403) return "You may look at this scenario, not change it; or you were signed out. Reload the page.";
  if (status === 404) return "This scenario is no longer here. Reload the page.";
  if (status === 413) return "That was too large for the server.";
  return `The server answered ${status}. Try again in a moment.`;
}
