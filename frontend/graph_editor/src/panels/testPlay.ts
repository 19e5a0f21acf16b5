// The transport of test-play: each step posts the document as it is now. Keeps nothing but the signed track.
import type { Action, Served } from "../../../contract/player";
import type { Transport } from "../../../player/src/transports/transport";
import { HostRefusal } from "../../../player/src/transports/transport";
import type { Finding } from "../../../contract/document";
import type { Host, TestPlayed } from "../host";

export interface Told {
  findings: readonly Finding[];
  variables: Record<string, unknown>;
  scene: string;
}

export function testPlay(host: Host, readDocument: () => unknown, from: string, tell: (told: Told) => void): Transport {
  let track: Record<string, unknown> | undefined;
  const post = async (body: Record<string, unknown>): Promise<Served> => {
    const played: TestPlayed = await host.play({ document: readDocument(), from_scene: from, state: track, ...body });
    if (!played.served) {
      tell({ findings: played.findings ?? [], variables: {}, scene: "" });
      throw new HostRefusal("This cannot be played yet.", 422);
    }
    track = played.state;
    tell({ findings: [], variables: (played.state?.variables ?? {}) as Record<string, unknown>, scene: played.served.view.scene });
    return played.served as Served;
  };
  return {
    load: () => post({}),
    act: (seq: number, action: Action) => post({ seq, action }),
    restart: () => {
      track = undefined;
      return post({});
    },
  };
}
