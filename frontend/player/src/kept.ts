// Words not sent yet, kept for this tab only. A browser may refuse storage altogether; then they live in memory.
const memory = new Map<string, string>();

export function keep(key: string, words: string): void {
  memory.set(key, words);
  try {
    if (words) sessionStorage.setItem(key, words);
    else sessionStorage.removeItem(key);
  } catch {
    // memory has it
  }
}

export function kept(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? memory.get(key) ?? "";
  } catch {
    return memory.get(key) ?? "";
  }
}
