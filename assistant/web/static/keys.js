// Keys: "/" to the question, "?" for the list of keys, arrows from citation to citation.
(() => {
  "use strict";
  const dialog = document.getElementById("keys-help");
  const opener = document.getElementById("keys");
  const oneKey = document.getElementById("one-key");

  // A single letter may be pressed by accident or heard by speech control: it can be switched off (WCAG 2.1.4).
  function oneKeyOn() {
    return oneKey.checked;
  }

  function recall() {
    try {
      oneKey.checked = sessionStorage.getItem("one-key") !== "off";
    } catch {
      oneKey.checked = true;
    }
  }

  function store() {
    try {
      sessionStorage.setItem("one-key", oneKey.checked ? "on" : "off");
    } catch {
      // Storage is shut: the choice holds for this page.
    }
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function walk(link, step) {
    const links = [...document.querySelectorAll("#chat a.cite")];
    const next = links[links.indexOf(link) + step];
    if (!next) return;
    next.scrollIntoView({ block: "nearest" });
    next.focus({ preventScroll: true });
  }

  const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const cite = event.target.closest("#chat a.cite");
    if (cite && STEPS[event.key] && !event.shiftKey) {
      event.preventDefault();
      walk(cite, STEPS[event.key]);
      return;
    }
    if (isTyping(event.target) || !oneKeyOn()) return;
    const box = document.querySelector("#question textarea");
    if (event.key === "/" && box) {
      event.preventDefault();
      box.focus();
    }
    if (event.key === "?") {
      event.preventDefault();
      dialog.showModal();
    }
  });

  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-close").addEventListener("click", () => dialog.close());
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  oneKey.addEventListener("change", store);
  recall();
})();
