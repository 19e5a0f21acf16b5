// The size of a card, known without measuring: what lets a graph of a thousand scenes open at once.
import type { Document, Scene } from "../model";
import { waysOut } from "../edits/ways";

export const CARD_WIDTH = 240;
export const HEAD_HEIGHT = 88;
export const WAY_HEIGHT = 26;
export const FOOT_HEIGHT = 6;
/** Where the ways that lead here arrive, from the top of the card. */
export const ARRIVAL_Y = 22;

export function cardHeight(ways: number): number {
  return HEAD_HEIGHT + ways * WAY_HEIGHT + (ways > 0 ? FOOT_HEIGHT : 0);
}

export function heightOf(scene: Scene, document: Document): number {
  return cardHeight(waysOut(scene, document).length);
}

export function wayY(index: number): number {
  return HEAD_HEIGHT + index * WAY_HEIGHT + WAY_HEIGHT / 2;
}
