import { render } from "lit";
import { describe, expect, it, vi } from "vitest";
import { phrase, plain, rich, type Rich } from "../src/rich";

function drawn(content: unknown): HTMLElement {
  const box = document.createElement("div");
  render(content, box);
  return box;
}

const markup = (box: HTMLElement): string => box.innerHTML.replace(/<!--.*?-->/g, "");
const glossary = { entries: { remedy: [{ t: "p", c: ["What the law gives."] }] }, open: null, toggle: vi.fn() };

describe("authored text", () => {
  it("becomes elements of the closed list", () => {
    const tree: Rich = [
      { t: "h", c: ["Today"] },
      { t: "p", c: ["One ", { t: "b", c: ["two"] }, { t: "br" }, { t: "i", c: ["three"] }, { t: "code", c: ["four"] }] },
      { t: "ul", c: [[{ t: "p", c: ["a"] }], [{ t: "p", c: ["b"] }, { t: "ol", c: [[{ t: "p", c: ["c"] }]] }]] },
      { t: "quote", c: ["said"] },
      { t: "hr" },
    ];
    expect(markup(drawn(rich(tree)))).toBe(
      "<h4>Today</h4><p>One <strong>two</strong><br><em>three</em><code>four</code></p>" +
        "<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul><blockquote>said</blockquote><hr>",
    );
  });

  it("stays text when it looks like markup", () => {
    const box = drawn(rich([{ t: "p", c: ["<img src=x onerror=alert(1)>", { t: "script", c: ["alert(2)"] }] }]));
    expect(box.querySelector("img, script")).toBeNull();
    expect(box.textContent).toBe("<img src=x onerror=alert(1)>alert(2)");
  });

  it("links only to https and mail, in a new tab that cannot reach back", () => {
    const link = (href: unknown): HTMLElement => drawn(rich([{ t: "p", c: [{ t: "a", href, c: ["rules"] }] }], glossary));
    expect(markup(link("https://example.org/"))).toBe(
      '<p><a target="_blank" rel="noopener noreferrer" href="https://example.org/">rules</a></p>',
    );
    for (const bad of ["javascript:alert(1)", "http://example.org", " https://x", "//example.org", "data:text/html,x", null]) {
      expect(markup(link(bad))).toBe("<p>rules</p>");
    }
  });

  it("explains a term right after the block that was pressed", () => {
    const term = { t: "term", id: "remedy", c: ["remedy"] };
    const tree: Rich = [{ t: "p", c: ["A ", term] }, { t: "p", c: ["B ", { ...term }] }];
    const closed = drawn(rich(tree, glossary));
    closed.querySelector("button")?.click();
    expect(glossary.toggle).toHaveBeenCalledWith(term);
    const open = drawn(rich(tree, { ...glossary, open: term }));
    expect([...open.children].map((each) => each.tagName)).toEqual(["P", "DIV", "P"]);
    expect(open.querySelectorAll("button[aria-expanded=true]")).toHaveLength(1);
    expect(open.querySelector(".definition")?.textContent).toBe("remedy What the law gives.");
  });

  it("is plain words inside a button: no link, no term, nothing nested", () => {
    const tree: Rich = [{ t: "p", c: ["See ", { t: "a", href: "https://example.org", c: ["this"] }, { t: "term", id: "remedy", c: [" remedy"] }] }];
    expect(markup(drawn(phrase(tree)))).toBe("See this remedy");
  });

  it("never drops words it does not know the form of", () => {
    expect(drawn(rich([{ t: "new-block", c: [{ t: "new-inline", c: ["kept"] }] }])).textContent).toBe("kept");
    expect(plain([{ t: "p", c: ["one", { t: "br" }, { t: "b", c: ["two"] }] }, { t: "p", c: ["three"] }])).toBe("one two three");
  });
});
