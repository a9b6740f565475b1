// The review screen's quicker ways: keys, both panes moving together, words selected in the paper. Without it all works by links and forms.
(() => {
  "use strict";
  const KEYS = "xulang-keys";
  const review = () => document.getElementById("review");
  const cards = () => [...document.querySelectorAll(".task")];
  const current = () => document.activeElement?.closest?.(".task") || document.querySelector(".task.is-current");
  const keysOn = () => { try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; } };

  // Both panes show the same task.
  function mark(id) {
    document.querySelectorAll(".is-current").forEach((one) => one.classList.remove("is-current"));
    document.querySelectorAll(`[data-task="${id}"]`).forEach((one) => one.classList.add("is-current"));
  }
  function into(pane, thing) {
    if (!thing || !pane || pane.scrollHeight <= pane.clientHeight) return;
    const top = thing.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight / 5;
    pane.scrollTo({ top });
  }
  function showInPaper(card) {
    mark(card.dataset.task);
    const place = document.getElementById(card.querySelector(".task-number")?.hash.slice(1));
    into(document.querySelector(".pane-paper"), place);
  }
  function go(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    showInPaper(card);
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (event.target.closest("[data-add]")) addSelected();
    const link = event.target.closest('.review a[href^="#nv-"], .review a[href^="#vb-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || innerWidth < 900) return;
    const there = document.getElementById(link.hash.slice(1));
    if (!there) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    if (there.matches(".task")) go(there);
    else { const card = link.closest(".task"); if (card) showInPaper(card); there.focus({ preventScroll: true }); }
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.(".task");
    if (card && !card.classList.contains("is-current")) showInPaper(card);
  });

  // Keys: only on this page's own ground, never while typing, never with Ctrl, Alt or the system's key.
  document.addEventListener("keydown", (event) => {
    if (!review() || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      const out = current()?.querySelector('[data-key="Escape"]');
      if (out) { event.preventDefault(); out.click(); }
      return;
    }
    if (typing || !keysOn()) return;
    const list = cards(), at = list.indexOf(current());
    const press = (key) => current()?.querySelector(`[data-key="${key}"]`);
    const acts = {
      j: () => go(list[Math.min(at + 1, list.length - 1)]),
      k: () => go(list[Math.max(at - 1, 0)]),
      c: () => press("c")?.click(),
      d: () => press("d")?.click(),
      m: () => press("m")?.click(),
      s: () => press("s")?.click(),
      u: () => { const field = press("u"); if (field) field.focus(); else press("Enter")?.click(); },
      a: addSelected,
      z: () => document.querySelector("#hoan-tac:not([hidden]) [data-undo]")?.click(),
      "?": () => document.getElementById("phim-tat").showModal(),
    };
    if (event.key === "Enter" && event.target.matches(".task")) acts.Enter = () => press("Enter")?.click();
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // Words selected in the paper: their place counted in code points, as the reading counts.
  const length = (text) => [...text].length;
  function placeOf(node, offset) {
    const line = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-at]");
    if (!line?.closest(".review-paper")) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return Number(line.dataset.at) + Math.min(length(before.toString()), length(line.textContent.trimEnd()));
  }
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset), end = placeOf(range.endContainer, range.endOffset);
    const text = selection.toString().trim();
    return start === null || end === null || end <= start || !text ? null : { start, end, text };
  }
  function addSelected() {
    const form = document.querySelector("#them form"), words = selected();
    if (!form || !words) return;
    document.getElementById("them").open = true;
    form.elements.start.value = words.start;
    form.elements.end.value = words.end;
    form.elements.text.value = words.text;
    form.elements.text.focus();
    form.scrollIntoView({ block: "center" });
  }
  document.addEventListener("selectionchange", () => {
    const bar = document.querySelector(".selected-bar");
    if (bar) bar.hidden = !selected();
  });

  // Answers put in place by htmx: refusals (422) are shown too, and the reader is brought back to the task.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  // A card that was put in place alone: its words in the paper lose their doubt when the card does.
  function settle(card) {
    const doubtful = card.classList.contains("card-needs");
    for (const link of document.querySelectorAll(`.review-paper a[href="#${card.id}"]`)) {
      if (link.matches(".place")) link.classList.toggle("place-doubtful", doubtful);
      else if (!doubtful) link.classList.remove("mark-doubtful");
    }
  }
  // Each answer brings the reader back to the task it was asked from, unless the reader has gone on meanwhile.
  const asked = new WeakMap();
  const cardOf = (xhr) => document.getElementById(xhr?.getResponseHeader("X-Task") || asked.get(xhr) || "");
  document.addEventListener("htmx:beforeRequest", (event) => {
    asked.set(event.detail.xhr, event.detail.elt.closest(".task")?.id);
  });
  // Focus moves in the same step as the swap: a key pressed before the settling would find no task at hand.
  document.addEventListener("htmx:afterSwap", (event) => {
    const card = cardOf(event.detail.xhr), here = document.activeElement.closest(".task");
    if (!card || (here && here !== card && here.id !== asked.get(event.detail.xhr))) return;
    const first = card.querySelector("[data-first]");
    if (first) { first.focus({ preventScroll: true }); showInPaper(card); } else go(card);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    begin();
    const card = cardOf(event.detail.xhr);
    if (card) settle(card);
  });

  function begin() {
    document.querySelectorAll(".keys-open").forEach((button) => { button.hidden = false; });
  }
  document.addEventListener("DOMContentLoaded", () => {
    begin();
    const box = document.querySelector("[data-keys-on]");
    if (box) {
      box.checked = keysOn();
      box.addEventListener("change", () => { try { localStorage.setItem(KEYS, box.checked ? "on" : "off"); } catch { /* private window */ } });
    }
    const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    if (target?.matches(".task")) { showInPaper(target); (target.querySelector("[data-first]") || target).focus({ preventScroll: true }); }
  });
})();
