// Tells, on a page that shows what is going on, that there are new records. Pages work without it.
"use strict";

(() => {
  const main = document.querySelector("main[data-living]");
  if (!main || typeof EventSource === "undefined") {
    return;
  }
  const isEnglish = document.documentElement.lang === "en";
  const shown = Number(main.dataset.living);
  let newest = shown;
  let source = null;
  let notice = null;

  // Whoever types is not disturbed.
  const isTyping = () => {
    const at = document.activeElement;
    return at !== null && at.matches("input, select, textarea");
  };

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
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  document.addEventListener("focusout", () => setTimeout(tell, 0));
  listen();
})();
