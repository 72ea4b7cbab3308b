// Plays a record step by step: goes on to the next step every two seconds until it is stopped. Without it the
// steps are links.
"use strict";

(() => {
  const steps = document.querySelector("[data-play]");
  if (!steps) {
    return;
  }
  const KEY = "care-ledger-play";
  const STEP_MS = 2000;
  const next = steps.querySelector("a[rel=next]");
  const isPlaying = () => sessionStorage.getItem(KEY) === location.pathname;
  const stop = () => sessionStorage.removeItem(KEY);

  // Nothing moves for whom it must not.
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || (next === null && !isPlaying())) {
    stop();
    return;
  }

  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const item = document.createElement("li");
  item.append(button);
  steps.querySelector("ul").append(item);
  let timer = null;

  const show = () => {
    button.textContent = isPlaying() ? steps.dataset.stop : steps.dataset.play;
  };

  const goOn = () => {
    if (next === null) {
      stop();
      show();
      return;
    }
    timer = setTimeout(() => location.assign(next.href), STEP_MS);
  };

  button.addEventListener("click", () => {
    if (isPlaying()) {
      stop();
      clearTimeout(timer);
    } else {
      sessionStorage.setItem(KEY, location.pathname);
      goOn();
    }
    show();
  });

  // Whoever goes elsewhere, or leaves the page, has seen enough.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isPlaying()) {
      stop();
      clearTimeout(timer);
      show();
    }
  });
  for (const link of document.querySelectorAll("a, form")) {
    link.addEventListener(link.matches("form") ? "submit" : "click", stop);
  }

  show();
  if (isPlaying()) {
    // What stops it is at hand on every step.
    button.focus();
    goOn();
  }
})();
