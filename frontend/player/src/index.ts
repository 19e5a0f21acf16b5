// The ES module: for the site and for the editor. Languages are modules of their own, imported when wanted.
import { addStrings, loadStringsWith, type Strings } from "./words";

export * from "./player";

const files = import.meta.glob<{ default: Strings }>(["./strings/*.json", "!./strings/en.json"]);

loadStringsWith(async (language) => {
  const file = await files[`./strings/${language}.json`]?.();
  if (file) addStrings(language, file.default);
});
