// Keeps a login's secret in the platform's storage, and asks it back at the launch, where cookies do not last.
// Messages go to the origin of the registered login address alone, and only answers from there count.
// Source: https://www.imsglobal.org/spec/lti-cs-oidc/v0p1 and https://www.imsglobal.org/spec/lti-pm-s/v0p1
"use strict";

const WAIT_MS = 1000;

/** The frame that speaks for the platform: a named sibling, else the parent or the opener. */
function platformFrames(name) {
  const around = window.opener || window.parent;
  const frames = [];
  if (name && name !== "_parent") {
    try {
      if (around.frames[name]) frames.push(around.frames[name]);
    } catch {
      // A frame of another origin may hide its names.
    }
  }
  return [...frames, around];
}

/** Sends one message, to the next frame when one does not answer, and resolves with the answer or null. */
async function ask(subject, content, frame, origin) {
  for (const target of platformFrames(frame)) {
    const answer = await askOne(target, subject, content, origin);
    if (answer) return answer;
  }
  return null;
}

function askOne(target, subject, content, origin) {
  return new Promise((resolve) => {
    const message_id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
    const finish = (answer) => {
      clearTimeout(timer);
      window.removeEventListener("message", listen);
      resolve(answer);
    };
    const listen = (event) => {
      const data = event.data;
      if (event.origin !== origin || !data || data.message_id !== message_id) return;
      if (data.subject === `${subject}.response`) finish(data.error ? null : data);
    };
    const timer = setTimeout(() => finish(null), WAIT_MS);
    window.addEventListener("message", listen);
    target.postMessage({ subject, message_id, ...content }, origin);
  });
}

/** Says whether the cookie that came with this page comes back; unknown counts as yes. */
async function cookiesLast(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    return (await answer.json()).last;
  } catch {
    return true;
  }
}

async function keepThenGo(login) {
  const { url, check, key, value, frame, origin } = login.dataset;
  if (check && !(await cookiesLast(check))) {
    login.hidden = true;
    document.getElementById("new-tab").hidden = false;
    return;
  }
  if (!check) await ask("lti.put_data", { key, value }, frame, origin);
  window.location.replace(url);
}

async function fetchThenLaunch(form) {
  const { key, frame, origin } = form.dataset;
  const answer = await ask("lti.get_data", { key }, frame, origin);
  if (answer && typeof answer.value === "string" && answer.value) {
    form.elements.binding.value = answer.value;
    form.submit();
  } else {
    document.getElementById("new-tab").hidden = false;
  }
}

const login = document.getElementById("login");
const form = document.getElementById("from-storage");
if (login) keepThenGo(login);
if (form) fetchThenLaunch(form);
