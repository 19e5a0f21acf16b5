import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES, Words, addStrings, type Strings } from "../src/words";

const folder = join(import.meta.dirname, "../src/strings");
const tables = Object.fromEntries(
  readdirSync(folder).map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>]),
);
const english = tables.en as Record<string, string | Record<string, string>>;
const slots = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe("the player's own words", () => {
  it("come in just the languages that are offered", () => {
    expect(Object.keys(tables).sort()).toEqual(LANGUAGES);
  });

  it.each(LANGUAGES)("are complete in %s", (language) => {
    expect(Object.keys(tables[language] ?? {}).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(LANGUAGES)("have every plural form and only known slots in %s", (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(tables[language] as typeof english)) {
      const original = english[key] ?? "";
      expect(typeof text, key).toBe(typeof original);
      const allowed = slots(typeof original === "string" ? original : Object.values(original).join());
      if (typeof text === "string") expect(slots(text), key).toEqual(allowed);
      else {
        expect(slots(Object.values(text).join()).filter((slot) => !allowed.includes(slot)), key).toEqual([]);
        expect(needed.filter((form) => !(form in text) && !("other" in text)), key).toEqual([]);
      }
    }
  });

  it("pick the plural of the language and write its numbers", () => {
    addStrings("ar", tables.ar as Strings);
    expect(new Words("en").say("triesLeft", { n: 1 })).toBe("1 try left");
    expect(new Words("en-GB").say("triesLeft", { n: 1200 })).toBe("1,200 tries left");
    expect(new Words("ar").say("triesLeft", { n: 2 })).toBe("بقيت محاولتان");
    expect(new Words("ar").direction).toBe("rtl");
    expect(new Words("en").signed(-1.5)).toBe("−1.5");
  });

  it("fall back to English, and let the host's own come first", () => {
    expect(new Words("eo").say("continue")).toBe("Go on");
    expect(new Words("eo").language).toBe("en");
    expect(new Words("not a language").language).toBe("en");
    const own = new Words("it", { continue: "Avanti" });
    expect([own.language, own.say("continue"), own.say("begin")]).toEqual(["it", "Avanti", "Begin"]);
  });
});
