// Around a framed tool: closing, resizing, and platform storage for tools that ask the parent.
// Messages count only when they come from the frame itself.
const frame = document.querySelector("iframe[data-tool]");

function answerClose() {
  const target = frame.dataset.closeTo;
  if (target) window.location.assign(target);
}

function answerResize(message) {
  const height = Number(message.height);
  const border = frame.offsetHeight - frame.clientHeight; // the tool speaks of what it shows, the frame has a line around
  if (Number.isFinite(height) && height >= 200 && height <= 20000) frame.style.height = `${height + border}px`;
}

window.addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow) return;
  const message = typeof event.data === "string" ? parse(event.data) : event.data;
  if (!message || typeof message.subject !== "string") return;
  if (message.subject === "org.imsglobal.lti.close" || message.subject === "lti.close") answerClose();
  if (message.subject === "lti.frameResize") answerResize(message);
});

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

if (frame) frame.addEventListener("load", () => frame.classList.add("loaded"));
