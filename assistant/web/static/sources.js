// A click on a citation opens its source beside the answer. Without this file the same links open the same page.
(() => {
  "use strict";
  let opener = null;

  const byId = (id) => document.getElementById(id);

  function show(article) {
    byId("source-text").replaceChildren(article);
    byId("source-view").hidden = false;
    byId("plans").hidden = true;
    const mark = article.querySelector("#passage");
    if (mark) mark.scrollIntoView({ block: "center", inline: "center" });
    else article.scrollIntoView({ block: "start" });
    (mark || article.querySelector("h2")).focus({ preventScroll: true });
  }

  async function open(link) {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(`source: status ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return document.adoptNode(page.getElementById("source"));
  }

  function select(link) {
    document.querySelectorAll('a[aria-current="true"]').forEach((old) => old.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    opener = link;
  }

  function fail() {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.className = "error";
    message.textContent = byId("source-text").dataset.failed;
    byId("source-text").replaceChildren(message);
    byId("source-view").hidden = false;
  }

  function showPlans() {
    byId("source-view").hidden = true;
    byId("plans").hidden = false;
  }

  function backToPlans() {
    showPlans();
    byId("plans").querySelector("a").focus();
  }

  function backToAnswer() {
    const link = opener && opener.isConnected ? opener : byId("question").querySelector("textarea");
    link.scrollIntoView({ block: "nearest" });
    link.focus({ preventScroll: true });
  }

  document.addEventListener(
    "click",
    (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = event.target.closest('a[href^="/source/"]');
      if (link && byId("source-view")) {
        event.preventDefault();
        event.stopPropagation();
        select(link);
        const opening = open(link);
        document.dispatchEvent(new CustomEvent("source-asked", { detail: opening }));
        opening.then(show, fail);
      }
      const button = event.target.closest("button[data-go]");
      if (button) (button.dataset.go === "plans" ? backToPlans : backToAnswer)();
    },
    true,
  );

  // A new question stays at the top of the conversation while its answer grows, until the reader scrolls.
  function follow(chat) {
    let asked = 0;
    let held = false;
    new MutationObserver(() => {
      const rows = chat.querySelectorAll(".user-row");
      if (!rows.length && asked) showPlans(); // a new conversation starts beside no document
      held = rows.length > asked || (held && rows.length === asked);
      asked = rows.length;
      const log = chat.querySelector('[role="log"]');
      if (!held || !log) return;
      log.scrollTop += rows[asked - 1].getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
    }).observe(chat, { childList: true, subtree: true, characterData: true });
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      chat.addEventListener(kind, () => (held = false), { passive: true });
    }
  }

  function ready() {
    const chat = byId("chat");
    const box = document.querySelector("#question textarea");
    if (!chat || !box || !byId("plans")) return false;
    follow(chat);
    const all = byId("plans").closest("aside").dataset.all;
    document.querySelectorAll("#filters input").forEach((input) => (input.placeholder = all));
    // Not on a small screen: the keyboard would cover the numbers to call.
    if (matchMedia("(min-width: 861px)").matches) box.focus({ preventScroll: true });
    return true;
  }

  if (!ready()) {
    new MutationObserver((_, watcher) => ready() && watcher.disconnect()).observe(document.documentElement, {
      childList: true,
      subtree: true,
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#source-view")) backToAnswer();
  });
})();
