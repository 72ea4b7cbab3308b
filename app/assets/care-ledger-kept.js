// Takes forms that the browser keeps away: once they are recorded, at sign-out, and after a day.
"use strict";

(() => {
  const BEGINS = "care-ledger-form:";
  const LASTS_MS = 24 * 60 * 60 * 1000;

  const isLate = (key) => {
    try {
      return !(Math.abs(Date.now() - JSON.parse(localStorage.getItem(key)).at) < LASTS_MS);
    } catch {
      return true;
    }
  };
  const forget = (of) =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(BEGINS) && of(key))
      .forEach((key) => localStorage.removeItem(key));

  try {
    forget(isLate);
  } catch {
    // A browser that lets nothing be kept.
    return;
  }
  // The program says which form it has recorded.
  const sent = /(?:^|; )((?:__Host-)?care-ledger-sent)=([\w-]+)/.exec(document.cookie);
  if (sent !== null) {
    forget((key) => key.endsWith(`:${sent[2]}`));
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${sent[1]}=; path=/; max-age=0; samesite=strict${secure}`;
  }
  const own = document.querySelector("form[data-forms]");
  own?.addEventListener("submit", () => forget((key) => key.startsWith(`${BEGINS}${own.dataset.forms}:`)));
})();
