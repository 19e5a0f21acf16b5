// @vitest-environment node
import { expect, it } from "vitest";
import { parseNumber } from "../src/numbers";

it.each([
  ["8", "en", 8],
  ["-2.5", "en", -2.5],
  ["−2,5", "de", -2.5],
  ["1,250", "en", 1250],
  ["1,250", "de", 1.25],
  ["1.250", "de", 1250],
  ["1.250,75", "de", 1250.75],
  ["1 250,5", "fr", 1250.5],
  ["1,250,000", "en", 1250000],
  ["1.250.000", "en", 1250000],
  ["٢٫٥", "ar", 2.5],
  ["۱۲", "fa", 12],
  [".5", "en", 0.5],
])("reads %s in %s as %d", (text, language, value) => {
  expect(parseNumber(text, language)).toBe(value);
});

it.each(["", "eight", "8 minutes", "1e5", "--2", "Infinity", "0x10"])("takes “%s” for no number", (text) => {
  expect(parseNumber(text, "en")).toBeNull();
});
