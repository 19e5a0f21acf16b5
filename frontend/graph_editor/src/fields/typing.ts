// Typing stays local until it pauses; then it is one step of the history for as long as the field keeps focus.
import { useCallback, useEffect, useRef, useState } from "react";
import { addPending, dropPending } from "../pending";

const PAUSE_MS = 300;
let visits = 0;

export interface Typing {
  value: string;
  type(value: string): void;
  begin(): void;
  end(): void;
}

/** `commit` gets the text and a key that is the same for one visit to the field. */
export function useTyping(stored: string, key: string, commit: (text: string, merge: string) => void): Typing {
  const [typed, setTyped] = useState<string | null>(null);
  const waiting = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const visit = useRef(0);
  const save = useRef(commit);
  useEffect(() => {
    save.current = commit;
  });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    dropPending(waiting);
    const text = waiting.current;
    waiting.current = null;
    setTyped(null);
    if (text !== null) save.current(text, `${key}#${visit.current}`);
  }, [key]);

  useEffect(() => flush, [flush]);

  return {
    value: typed ?? stored,
    type(text) {
      waiting.current = text;
      setTyped(text);
      addPending(waiting, flush);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE_MS);
    },
    begin() {
      visits += 1;
      visit.current = visits;
    },
    end: flush,
  };
}
