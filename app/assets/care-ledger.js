// Tells, on a page that shows what is going on, that there are new records, and loads the page anew as its reader
// comes back to it. Pages work without it.
"use strict";

(() => {
  // What is opened beneath these may be a person's text, which is recorded each time: that is for people to do.
  const RENEWED = ["/", "/children", "/events"];
  // How long after coming back a reader cannot have begun to read.
  const A_MOMENT_MS = 1000;

  const main = document.querySelector("main[data-living]");
  if (!main || typeof EventSource === "undefined") {
    return;
  }
  const isEnglish = document.documentElement.lang === "en";
  const shown = Number(main.dataset.living);
  let newest = shown;
  let source = null;
  let notice = null;
  let cameBack = -Infinity;

  // Whoever types is not disturbed.
  const isTyping = () => {
    const at = document.activeElement;
    return at !== null && at.matches("input, select, textarea");
  };

  const isTouched = (field) => {
    if (["checkbox", "radio"].includes(field.type)) {
      return field.checked !== field.defaultChecked;
    }
    if (field.options !== undefined) {
      const first = [...field.options].findIndex((one) => one.defaultSelected);
      return field.selectedIndex !== Math.max(first, 0);
    }
    return field.type !== "hidden" && field.value !== field.defaultValue;
  };

  // Nothing is taken from anybody: what was typed or chosen, and what was opened above the page.
  const canRenew = () =>
    RENEWED.includes(location.pathname) &&
    !isTyping() &&
    document.querySelector("dialog[open]") === null &&
    ![...document.querySelectorAll("input, select, textarea")].some(isTouched);

  // Nobody's page changes while it is read: only as it is come back to, before anything is done on it.
  const renew = () => {
    const isBack = !document.hidden && performance.now() - cameBack < A_MOMENT_MS;
    if (isBack && newest > shown && canRenew()) {
      cameBack = -Infinity;
      location.reload();
    }
  };
  const begin = () => {
    cameBack = -Infinity;
  };
  ["pointerdown", "wheel", "touchstart", "keydown", "input"].forEach((what) =>
    addEventListener(what, begin, { capture: true, passive: true }),
  );

  const tell = () => {
    if (notice !== null || newest <= shown || isTyping()) {
      return;
    }
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = isEnglish ? "Show them" : "表示を更新";
    notice = document.createElement("p");
    notice.className = "news";
    notice.append(isEnglish ? "There are new records. " : "新しい記録があります。", link);
    box.append(notice);
  };

  // There from the beginning, so that what comes into it is read out.
  const box = document.createElement("div");
  box.setAttribute("role", "status");
  main.prepend(box);

  const listen = () => {
    if (source !== null || document.hidden || notice !== null) {
      return;
    }
    source = new EventSource("/api/changes");
    source.addEventListener("position", (event) => {
      newest = Math.max(newest, JSON.parse(event.data).position);
      renew();
      tell();
    });
  };

  const leave = () => {
    if (source !== null) {
      source.close();
      source = null;
    }
  };

  // A page that nobody looks at keeps no connection.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      leave();
      return;
    }
    cameBack = performance.now();
    renew();
    listen();
  });
  addEventListener("pagehide", leave);
  document.addEventListener("focusout", () => setTimeout(tell, 0));
  listen();
})();
