// Platform storage (lti.put_data, lti.get_data): kept per origin in memory of this page, never on disk.
// Loaded by the page itself, or by the sibling frame "post_message_forwarding" as Canvas has it.
const stored = new Map();
const SUBJECTS = ["lti.capabilities", "lti.put_data", "lti.get_data"];

window.addEventListener("message", (event) => {
  const message = event.data;
  if (!message || typeof message !== "object" || !SUBJECTS.includes(message.subject) || !event.source) return;
  event.source.postMessage(answer(message, event.origin), event.origin);
});

function answer(message, origin) {
  const reply = { subject: `${message.subject}.response`, message_id: message.message_id };
  if (message.subject === "lti.capabilities") {
    const frame = document.body.dataset.storageFrame || "_parent";
    return { ...reply, supported_messages: SUBJECTS.map((subject) => ({ subject, frame })) };
  }
  const { key, value } = message;
  if (typeof key !== "string" || key.length > 200) {
    return { ...reply, error: { code: "bad_request", message: "key must be a short text" } };
  }
  const name = `${origin} ${key}`;
  if (message.subject === "lti.get_data") return { ...reply, key, value: stored.get(name) ?? null };
  if (value === undefined || value === null) stored.delete(name);
  else if (stored.size < 500 && String(value).length <= 4096) stored.set(name, String(value));
  else return { ...reply, error: { code: "storage_exhaustion", message: "too much" } };
  return { ...reply, key, value };
}
