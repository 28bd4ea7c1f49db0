// The quick way out: nothing of the visit stays on the screen, in the page, or behind the Back button.
(() => {
  "use strict";
  const WITHIN = 2000; // milliseconds for the three presses
  const TIMES = 3;
  let pressed = [];

  function remember(at, address) {
    try {
      sessionStorage.clear();
      sessionStorage.setItem("left", String(at));
      sessionStorage.setItem("left-for", address);
    } catch {
      // Storage is shut: then nothing was kept either.
    }
  }

  function leftAt() {
    try {
      return Number(sessionStorage.getItem("left"));
    } catch {
      return 0;
    }
  }

  function wipe() {
    document.documentElement.hidden = true;
    document.querySelectorAll("input, textarea").forEach((field) => (field.value = ""));
    document.body.replaceChildren();
  }

  function leave(address) {
    wipe();
    document.title = new URL(address).host;
    remember(Date.now(), address);
    history.replaceState(null, "", "/");
    location.replace(address);
  }

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("#leave");
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      leave(link.href);
    },
    true,
  );

  // On the window, in capture: no list or dialog that uses Esc itself can keep the press from being counted.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      const link = document.getElementById("leave");
      pressed = [...pressed, event.timeStamp].filter((at) => event.timeStamp - at <= WITHIN);
      if (pressed.length >= TIMES && link) leave(link.href);
    },
    true,
  );

  // Pages of this site that lie further back lead on to the same neutral one; who comes anew is let in.
  function lookedBack() {
    try {
      const address = sessionStorage.getItem("left-for");
      const [way] = performance.getEntriesByType("navigation");
      if (address && way && way.type === "back_forward") leave(address);
      else sessionStorage.removeItem("left-for");
    } catch {
      // Storage is shut: then nobody is known to have left.
    }
  }
  lookedBack();

  // A page kept in the browser's memory from before the way out was taken is not shown again.
  window.addEventListener("pageshow", (event) => {
    const stale = event.persisted && performance.timeOrigin < leftAt();
    if (!stale && !document.documentElement.hidden) return;
    wipe();
    location.reload();
  });
})();
