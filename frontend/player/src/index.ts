// The ES module: for the site and for the editor. Languages and later pages are modules of their own, imported when wanted.
import { loadPagesWith } from "./rare";
import { addStrings, loadStringsWith, type Strings } from "./words";

export * from "./player";

const files = import.meta.glob<{ default: Strings }>(["./strings/*.json", "!./strings/en.json"]);

loadStringsWith(async (language) => {
  const file = await files[`./strings/${language}.json`]?.();
  if (file) addStrings(language, file.default);
});

const pages = {
  arranging: () => import("./rare/arranging"),
  debrief: () => import("./rare/debrief"),
  reflection: () => import("./rare/reflection"),
  roleplay: () => import("./rare/roleplay"),
};

loadPagesWith((name) => pages[name]());
