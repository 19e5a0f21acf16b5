// The coach's pages as the site sends them; the one thing of their own is opening a preview.

import { Pages } from "./pages.js";

const pages = new Pages((content) => {
  content.querySelector("[data-preview]")?.addEventListener("click", (event) => void preview(event.currentTarget));
});
void pages.open();

async function preview(button) {
  button.disabled = true;
  const response = await pages.bearer.ask(button.dataset.preview, { method: "POST", accept: "application/json" });
  const answer = await response.json();
  if (response.ok) location.assign(answer.url);
  else button.insertAdjacentText("afterend", ` ${answer.error}`);
}
