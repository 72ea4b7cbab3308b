// Keeps a part of a page fresh that tells how far something is, until it is done. Without it a link does.
"use strict";

(() => {
  const EVERY_MS = 2000;

  const look = async () => {
    const shown = document.querySelector("[data-fresh]");
    if (shown === null) {
      return;
    }
    // Whoever is in there is not thrown out.
    if (document.hidden || shown.contains(document.activeElement)) {
      setTimeout(look, EVERY_MS);
      return;
    }
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    // Signed out meanwhile: there is nothing to look at any more.
    if (answer !== null && answer.redirected) {
      return;
    }
    if (answer !== null && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(shown.id);
      if (fresh !== null) {
        shown.replaceWith(document.importNode(fresh, true));
      }
    }
    setTimeout(look, EVERY_MS);
  };

  setTimeout(look, EVERY_MS);
})();
