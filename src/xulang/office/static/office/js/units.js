// Offers units while somebody types into a field that asks for one: marks and slips are forgiven by the server.
// Without this the field takes the same words, and a refusal names what comes nearest.
(() => {
  const offered = document.currentScript.dataset.offered;
  let waiting, asked;

  async function offer(field) {
    const list = document.getElementById(field.getAttribute("list"));
    if (!list || field.value.trim().length < 2) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${offered}?tim=${encodeURIComponent(field.value)}`, { signal: asked.signal });
      if (!answer.ok) return;
      const found = document.createRange().createContextualFragment(await answer.text());
      const planned = list.querySelectorAll("[data-planned]"); // units that a draft would make
      list.replaceChildren(...planned, ...found.children);
    } catch (gone) {
      if (gone.name !== "AbortError") throw gone;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.getAttribute?.("list") !== "don-vi") return;
    clearTimeout(waiting);
    waiting = setTimeout(offer, 180, event.target);
  });
})();
