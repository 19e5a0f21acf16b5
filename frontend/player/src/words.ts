// The player's own words in the reader's language. Authored texts never pass through here.
import en from "./strings/en.json";

export type Key = keyof typeof en;
type Plural = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Strings = Partial<Record<Key, string | Plural>>;
type Values = Record<string, string | number>;

/** English is built in; the others are files beside the player, fetched when they are wanted. */
export const LANGUAGES = ["ar", "de", "en", "es", "fr", "pt"];
// On the page, not in this file: the script may run twice, and either run may bring a language for the other.
const SHARED = Symbol.for("branchwise.strings");
const page = globalThis as { [SHARED]?: Record<string, Strings> };
const tables: Record<string, Strings> = (page[SHARED] ??= { en });

type Loader = (language: string) => Promise<void>;
let loader: Loader = () => Promise.resolve();

export function addStrings(language: string, strings: Strings): void {
  tables[language] = strings;
}

/** How the texts of a language are fetched differs between a module and a classic script. */
export function loadStringsWith(load: Loader): void {
  loader = load;
}

/** Resolves when `wanted` can be spoken, or when it turned out that it cannot: then it is English. */
export async function fetchStrings(wanted: string): Promise<void> {
  const language = base(wanted);
  if (!LANGUAGES.includes(language) || tables[language]) return;
  await loader(language).catch(() => undefined);
}

export function hasStrings(wanted: string): boolean {
  const language = base(wanted);
  return !LANGUAGES.includes(language) || language in tables;
}
const rightToLeft = new Set(["ar", "fa", "he", "ur", "ps", "dv", "yi"]);

export class Words {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  private readonly rules: Intl.PluralRules;

  /** `own` are a host's texts, used before ours. A missing text falls back to English. */
  constructor(
    wanted: string,
    private readonly own: Strings = {},
  ) {
    this.language = wantedOrEnglish(wanted, own);
    this.direction = rightToLeft.has(base(this.language)) ? "rtl" : "ltr";
    this.rules = new Intl.PluralRules(this.language);
  }

  /** The text of `key`; `{n}` and other names are filled in, `n` also picks the plural form. */
  readonly say = (key: Key, values: Values = {}): string => {
    const found = this.own[key] ?? tables[base(this.language)]?.[key] ?? en[key];
    const text = typeof found === "string" ? found : this.form(found as Plural, values);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => this.value(values[name], whole));
  };

  number(value: number, options: Intl.NumberFormatOptions = {}): string {
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: 2, ...options }).format(value);
  }

  /** Points as earned: "+2", "−1", "0", with a true minus sign. */
  signed(value: number): string {
    return this.number(value, { signDisplay: "exceptZero" }).replace("-", "−");
  }

  list(parts: string[]): string {
    return new Intl.ListFormat(this.language, { type: "unit" }).format(parts);
  }

  private form(forms: Plural, values: Values): string {
    const n = typeof values.n === "number" ? values.n : 0;
    return forms[this.rules.select(n)] ?? forms.other ?? "";
  }

  private value(given: string | number | undefined, whole: string): string {
    if (given === undefined) return whole;
    return typeof given === "number" ? this.number(given) : given;
  }
}

function base(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? "";
}

/** Languages we have no table for are still right when the host brought one. */
function wantedOrEnglish(wanted: string, own: Strings): string {
  const tag = wanted.replace("_", "-");
  const known = base(tag) in tables || Object.keys(own).length > 0;
  try {
    return known ? (Intl.getCanonicalLocales(tag)[0] ?? "en") : "en";
  } catch {
    return "en";
  }
}
