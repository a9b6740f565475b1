// Offers units while somebody types into a field that asks for one (data-units; people or posts where that is an address): a combobox with a list of its own, by
// the pattern of the ARIA practices. Marks and slips are forgiven by the server. Without this the field takes the same
// words, and a refusal names what comes nearest.
(() => {
  "use strict";
  const said = document.currentScript.dataset;
  const WAIT = 150; // milliseconds after the last key
  let waiting, asked, field, list, status, at = -1;

  function made() {
    list = Object.assign(document.createElement("ul"), { id: "goi-y-don-vi", className: "offered", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", said.list);
    status = Object.assign(document.createElement("p"), { className: "unseen" });
    status.setAttribute("role", "status");
    const place = document.querySelector("main") ?? document.body;
    place.append(list, status);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
  }
  const options = () => [...list.children];
  const open = () => Boolean(list && !list.hidden);

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    if (!list) return;
    list.hidden = true;
    at = -1;
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
  }
  function point(n) {
    options()[at]?.setAttribute("aria-selected", "false");
    at = n;
    const option = options()[at];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }
  function choose(option) {
    if (!option) return;
    field.value = option.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }
  function show() {
    const rows = options();
    rows.forEach((row, n) => { row.id = `goi-y-${n}`; row.setAttribute("aria-selected", "false"); });
    status.textContent = rows.length ? said.found.replace("0", rows.length) : said.none;
    if (!rows.length) return close();
    const box = field.getBoundingClientRect();
    Object.assign(list.style, { left: `${box.left + scrollX}px`, top: `${box.bottom + scrollY + 2}px`, minWidth: `${box.width}px` });
    list.hidden = false;
    list.scrollTop = 0;
    at = -1;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", "true");
  }

  // Units that a draft would make stand in the page itself (data-planned): the register does not know them yet.
  function planned(typed) {
    const words = typed.toLowerCase().split(/\s+/);
    return [...document.querySelectorAll("[data-planned] > [role=option]")]
      .filter((one) => words.every((word) => one.dataset.value.toLowerCase().includes(word)))
      .map((one) => one.cloneNode(true));
  }
  async function offer() {
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(`${field.dataset.units || said.offered}?tim=${encodeURIComponent(typed)}`, { signal });
      if (!answer.ok) return;
      const found = document.createRange().createContextualFragment(await answer.text());
      if (signal.aborted || document.activeElement !== field) return;
      list.replaceChildren(...planned(typed), ...found.children);
      show();
    } catch (gone) {
      if (gone.name !== "AbortError") throw gone;
    }
  }

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.("input[data-units]") || event.target === field) return;
    close();
    if (!list?.isConnected) made();
    field = event.target;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      field.setAttribute(name, value);
    }
  });
  document.addEventListener("focusout", (event) => { if (event.target === field) { close(); field = undefined; } });
  document.addEventListener("input", (event) => {
    if (event.target !== field) return;
    clearTimeout(waiting);
    waiting = setTimeout(offer, WAIT);
  });
  document.addEventListener("scroll", (event) => { if (open() && event.target !== list) close(); }, true);
  // Before the keys of any page: while the list is open, Escape closes it and nothing else.
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || event.ctrlKey || event.metaKey || event.isComposing) return;
    const count = open() ? options().length : 0;
    const acts = {
      ArrowDown: () => (count ? point((at + 1) % count) : offer()),
      ArrowUp: () => (count ? point(at <= 0 ? count - 1 : at - 1) : offer()),
      Enter: count && at >= 0 && (() => choose(options()[at])),
      Escape: count && close,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
})();
