// Passkeys: the server's question is put to the device, its answer sent as an ordinary form. Without it passwords and codes do all.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

  // Written out since browsers of before 2025 lack parseCreationOptionsFromJSON and toJSON.
  async function create(asked) {
    const user = { ...asked.user, id: bytes(asked.user.id) };
    const publicKey = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: keys(asked.excludeCredentials) };
    const made = await navigator.credentials.create({ publicKey });
    return told(made, { attestationObject: text(made.response.attestationObject) });
  }
  async function get(asked) {
    const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: keys(asked.allowCredentials) };
    const found = await navigator.credentials.get({ publicKey });
    const { authenticatorData, signature, userHandle } = found.response;
    return told(found, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle?.byteLength ? text(userHandle) : null,
    });
  }
  const told = (key, more) => ({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: { clientDataJSON: text(key.response.clientDataJSON), ...more },
    clientExtensionResults: key.getClientExtensionResults(),
  });

  async function ask(form) {
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form), redirect: "error" });
    const asked = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(), { said: asked.said });
    form.elements.answer.value = JSON.stringify(await (form.dataset.does === "create" ? create(asked) : get(asked)));
    form.submit();
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const [said, button] = [form.querySelector("[role=alert]"), form.querySelector("button")];
    form.querySelector("[data-without]").hidden = true;
    if (!window.PublicKeyCredential) {
      button.disabled = true;
      said.textContent = form.dataset.unable;
      return;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      said.textContent = "";
      try {
        await ask(form);
      } catch (why) {
        said.textContent = why.said ?? form.dataset.failed;
        button.disabled = false;
      }
    });
  });
})();
