// Typed text survives a lost connection and a closed tab: kept on this machine under the person's own key until it is
// sent, and cleared at log-out. Files are not kept: a browser does not let a page choose them again.
"use strict";

(() => {
  const PREFIX = "xulang:draft:";
  const TEXTS = "textarea[name], input[type=text][name], input[type=url][name], input[type=number][name]";
  const CHOSEN = "input[type=radio]:checked, select";
  const me = document.currentScript.dataset.person || "";
  const mine = `${PREFIX}${me}:`;

  const clear = (unless) => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !(unless && key.startsWith(unless))) localStorage.removeItem(key);
    }
  };

  const keep = (form, key) => {
    const kept = {};
    for (const field of form.querySelectorAll(`${TEXTS}, ${CHOSEN}`)) {
      if (field.value) kept[field.name] = field.value;
    }
    if ([...form.querySelectorAll(TEXTS)].some((field) => field.value)) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
  };

  const restore = (form, key) => {
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    let found = false;
    for (const field of form.elements) {
      if (!(field.name in kept)) continue;
      if (field.type === "radio") field.checked = field.value === kept[field.name];
      else if (field.matches(TEXTS) && !field.value) {
        field.value = kept[field.name];
        found = true;
      }
    }
    return found;
  };

  const say = (form, words) => {
    let note = form.querySelector("[data-draft-note]");
    if (!note) {
      note = document.createElement("p");
      note.className = "note note-warning";
      note.dataset.draftNote = "";
      note.setAttribute("role", "status");
      form.prepend(note);
    }
    note.textContent = words;
  };

  // Sent by fetch, so that a lost connection leaves the page as it is. The form's one-time token makes it safe to send
  // again what may have come through.
  const send = async (form, key, button) => {
    const body = new FormData(form, button);
    let answer, page;
    try {
      answer = await fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
      if (answer.type !== "opaqueredirect") page = await answer.text();
    } catch {
      say(form, form.dataset.lost);
      return;
    }
    if (answer.type === "opaqueredirect") {
      localStorage.removeItem(key);
      location.assign(form.dataset.then || location.href.split("#")[0]);
      return;
    }
    document.open(); // refused: the answer's own page says why, and nothing is sent a second time
    document.write(page);
    document.close();
  };

  const begin = () => {
    if (me) clear(mine); // what another person left on a shared machine
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const key = `${mine}${form.dataset.draft}`;
      if (restore(form, key)) say(form, form.dataset.restored);
      form.addEventListener("input", () => keep(form, key));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        keep(form, key);
        send(form, key, event.submitter);
      });
    }
    for (const out of document.querySelectorAll("form[data-log-out]")) out.addEventListener("submit", () => clear());
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
