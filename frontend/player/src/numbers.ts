// Numbers as people write them: 2.5, 2,5, 1 250, 1.250,75, ٢٫٥. No guess beyond that: anything else is not a number.

const ZEROS = [0x30, 0x660, 0x6f0, 0x966]; // Latin, Arabic, Persian, Devanagari

export function parseNumber(text: string, language: string): number | null {
  let plain = westernDigits(text.trim()).replace(/[\s\u00a0\u202f'’٬]/g, "").replace(/٫/g, ".").replace(/−/g, "-");
  const decimal = decimalMark(plain, language);
  if (decimal) plain = plain.split(decimal === "," ? "." : ",").join("").replace(decimal, ".");
  else plain = plain.replace(/[.,]/g, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

function westernDigits(text: string): string {
  return [...text]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      const zero = ZEROS.find((each) => code >= each && code <= each + 9);
      return zero === undefined ? sign : String(code - zero);
    })
    .join("");
}

/** Which of "." and "," is the decimal mark here: the last of two kinds; one alone, unless it groups thousands. */
function decimalMark(text: string, language: string): "." | "," | "" {
  const marks = text.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last !== "." && last !== ",") return "";
  if (marks.filter((each) => each === last).length > 1) return "";
  if (new Set(marks).size === 2) return last;
  const groupsThousands = /^[+-]?\d{1,3}[.,]\d{3}$/.test(text) && grouping(language) === last;
  return groupsThousands ? "" : last;
}

function grouping(language: string): string {
  try {
    return new Intl.NumberFormat(language).formatToParts(12345).find((part) => part.type === "group")?.value ?? "";
  } catch {
    return ",";
  }
}
