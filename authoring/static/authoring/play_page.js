// Lets the player element play a draft: each step is posted to the stateless endpoint, with the document where this
// page has it. What was done is kept for the tab, so that a preview which reloads on every edit goes on where it was.
const host = document.getElementById("play");
const options = JSON.parse(host.dataset.options);
const embedded = document.getElementById("play-document");
const draft = embedded ? JSON.parse(embedded.textContent) : undefined;
const findings = document.getElementById("play-findings");
const player = host.querySelector("scenario-player");
const key = `branchwise-preview-${options.key}`;

let state = recall();

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined; // no storage in this frame: play simply starts again
  }
}

function remember(next) {
  state = next;
  try {
    if (next) sessionStorage.setItem(key, JSON.stringify(next));
    else sessionStorage.removeItem(key);
  } catch {
    // as above
  }
}

async function post(body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (options.csrf) headers["X-CSRFToken"] = options.csrf;
  const answer = await fetch(options.playUrl, {
    method: "POST",
    headers,
    credentials: "same-origin",
    body: JSON.stringify({ document: draft, locale: options.locale, state, ...body }),
  });
  if (!answer.ok) throw new Error(`The preview answered ${answer.status}.`);
  const played = await answer.json();
  show(played.findings ?? []);
  if (!played.served) throw new Error("This draft cannot be played yet.");
  remember(played.state);
  return played.served;
}

function show(found) {
  findings.hidden = found.length === 0;
  player.hidden = found.length > 0;
  if (!found.length) return;
  const title = document.createElement("p");
  title.textContent = "This draft cannot be played yet:";
  const list = document.createElement("ul");
  for (const each of found) {
    const item = document.createElement("li");
    item.textContent = [each.scene, each.message, each.hint].filter(Boolean).join(" – ");
    list.append(item);
  }
  findings.replaceChildren(title, list);
}

player.transport = {
  load: () => post({}),
  act: (seq, action) => post({ seq, action }),
  restart: () => {
    remember(undefined);
    return post({});
  },
};
