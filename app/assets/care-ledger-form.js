// Keeps what is typed into a form that records through a crash, sealed with a key that the page brings and the
// workstation never has; sends such a form by Ctrl+Enter. Forms work without it.
"use strict";

(() => {
  const BEGINS = "care-ledger-form:";
  const WAIT_MS = 400;
  // What belongs to the page and its sign-in, and not to what was typed.
  const OF_THE_PAGE = ["page_token", "account", "typed_by", "before", "draft", "shown"];

  const form = document.querySelector("form[data-form-key]");
  if (form === null) {
    return;
  }
  // Whoever goes back to it, or loads it anew, is shown the form, and not asked whether to send it once more.
  const act = form.elements.namedItem("act");
  const again = act === null || location.search !== "" ? location.href : `?act=${encodeURIComponent(act.value)}`;
  history.replaceState(history.state, "", again);
  document.querySelectorAll("[data-by-keys]").forEach((hint) => (hint.hidden = false));
  // What is wrong has the focus, and stands outside the form; a field of another form sends that one.
  document.addEventListener("keydown", (event) => {
    const isElsewhere = event.target.form instanceof HTMLFormElement && event.target.form !== form;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing && !isElsewhere) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  const own = document.querySelector("form[data-forms]");
  // No secure context, or a browser that lets nothing be kept: then nothing is.
  let can = own !== null && typeof crypto !== "undefined" && crypto.subtle !== undefined;
  try {
    localStorage.length;
  } catch {
    can = false;
  }
  if (!can) {
    return;
  }

  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(BEGINS));
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const bytes = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (one) => one.toString(16).padStart(2, "0")).join("");
  const place = `${BEGINS}${own.dataset.forms}:${form.dataset.formName}:`;
  const here = () => place + form.elements.namedItem("command").value;
  const key = crypto.subtle.importKey("raw", bytes(form.dataset.formKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  const sealing = (iv, at) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(at) });

  const typed = () => [...new FormData(form)].filter(([name]) => !OF_THE_PAGE.includes(name));
  let timer = 0;
  let over = false;
  const keep = async () => {
    clearTimeout(timer);
    timer = 0;
    const [at, iv] = [here(), crypto.getRandomValues(new Uint8Array(12))];
    const text = new TextEncoder().encode(JSON.stringify(typed()));
    const sealed = await crypto.subtle.encrypt(sealing(iv, at), await key, text);
    if (over) {
      return;
    }
    try {
      localStorage.setItem(at, JSON.stringify({ at: Date.now(), iv: hex(iv), sealed: hex(sealed) }));
    } catch {
      // Full: what is typed stands on the page alone.
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  };
  form.addEventListener("input", soon);
  // At sign-out all that is kept goes, and nothing comes behind it.
  document.querySelector("form[data-forms]")?.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.hidden && timer !== 0 && keep());

  const fill = (pairs) => {
    const texts = new Map();
    pairs.forEach(([name, text]) => texts.set(name, [...(texts.get(name) ?? []), text]));
    for (const field of form.elements) {
      if (!field.name || OF_THE_PAGE.includes(field.name)) {
        continue;
      }
      const of = texts.get(field.name) ?? [];
      if (["checkbox", "radio"].includes(field.type)) {
        field.checked = of.includes(field.value);
      } else {
        field.value = of.shift() ?? "";
      }
    }
  };

  const opened = async (at) => {
    const kept = read(at);
    const text = await crypto.subtle.decrypt(sealing(bytes(kept.iv), at), await key, bytes(kept.sealed));
    return JSON.parse(new TextDecoder().decode(text));
  };

  // Of what was not sent, the newest is offered; not where a form only waits for a word whom it is about.
  const box = document.querySelector("[data-form-kept]");
  if (box === null) {
    return;
  }
  const offer = () => {
    const others = keys().filter((one) => one.startsWith(place) && one !== here());
    const at = others.sort((a, b) => read(b).at - read(a).at)[0];
    box.hidden = at === undefined;
    if (at === undefined) {
      return;
    }
    box.querySelector("time").textContent = new Date(read(at).at).toLocaleString(document.documentElement.lang, {
      month: "long",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
    });
    const [go, drop] = box.querySelectorAll("button");
    go.onclick = async () => {
      try {
        fill(await opened(at));
        box.hidden = true;
        form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      } catch {
        localStorage.removeItem(at);
        offer();
      }
    };
    drop.onclick = () => {
      localStorage.removeItem(at);
      offer();
    };
  };
  offer();
})();
