// Registers and shows passkeys: asks the program for a challenge, the browser for the key, and sends its answer.
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  const can = typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
  if (!form || !can) {
    return;
  }
  form.hidden = false;
  const said = form.querySelector("[role=status]");

  const asked = async () => {
    const own = new URLSearchParams({ page_token: form.elements.namedItem("page_token").value });
    const answer = await fetch(form.dataset.challenge, { method: "POST", body: own });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return (await answer.json()).publicKey;
  };

  const shown = async (options) => {
    if (form.dataset.passkey === "create") {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      return navigator.credentials.create({ publicKey });
    }
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return navigator.credentials.get({ publicKey });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const credential = await shown(await asked());
      form.elements.namedItem("credential").value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
})();
