// The coach's pages as the site sends them; the one thing of their own is opening a preview.

import { Pages, templateOf } from "./pages.js";

const pages = new Pages((content) => {
  content.querySelector("[data-preview]")?.addEventListener("click", (event) => void preview(event.currentTarget));
});
void pages.open();

async function preview(button) {
  button.disabled = true;
  let response, answer;
  try {
    response = await pages.bearer.ask(button.dataset.preview, { method: "POST", accept: "application/json" });
    answer = await response.json();
  } catch {
    pages.put(templateOf("offline"));
    return;
  }
  if (response.ok) location.assign(answer.url);
  else button.insertAdjacentText("afterend", ` ${answer.error}`);
}
