// A click on a citation opens its source beside the answer. Without this file the same links open the same page.
(() => {
  "use strict";
  let opener = null;
  const small = matchMedia("(max-width: 860px)"); // the page scrolls, not the conversation alone

  const byId = (id) => document.getElementById(id);

  function show(article) {
    byId("source-text").replaceChildren(article);
    byId("source-view").hidden = false;
    byId("plans").hidden = true;
    const mark = article.querySelector("#passage");
    if (mark) reveal(mark);
    else article.scrollIntoView({ block: "start" });
    (mark || article.querySelector("h2")).focus({ preventScroll: true });
  }

  // The middle of what fits, the start of what does not; of a table its head too, which says what a figure is.
  function reveal(mark) {
    const room = byId("source-text").closest("aside").clientHeight || innerHeight;
    const fits = mark.getBoundingClientRect().height < room / 2;
    mark.scrollIntoView({ block: fits ? "center" : "start", inline: "center" });
    const table = mark.closest(".table");
    if (!table) return;
    const head = [...byId("source-view").querySelectorAll(".back, .where")];
    table.style.scrollMarginTop = `${head.reduce((sum, one) => sum + one.offsetHeight, 0)}px`;
    table.scrollIntoView({ block: "nearest" });
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

  // The last answer, where it begins with whom to call: then that is what has to be seen.
  function urgent(chat) {
    const answers = chat.querySelectorAll(".bot-row");
    const last = answers[answers.length - 1];
    const call = last && answers.length === chat.querySelectorAll(".user-row").length && last.querySelector("p");
    return call && call.querySelector('a[href^="tel:"]') ? last : null;
  }

  // A new question stays at the top of the conversation while its answer grows, until the reader scrolls.
  function follow(chat) {
    let asked = 0;
    let held = false;
    new MutationObserver(() => {
      const rows = chat.querySelectorAll(".user-row");
      const log = chat.querySelector('[role="log"]');
      if (!rows.length && asked) {
        showPlans(); // a new conversation starts beside no document, with its first words in view
        if (log) log.scrollTop = 0;
      }
      if (rows.length > asked && small.matches) document.activeElement.blur(); // the keyboard hides half the answer
      held = rows.length > asked || (held && rows.length === asked);
      asked = rows.length;
      if (!held || !log) return;
      const first = urgent(chat) || rows[asked - 1];
      log.scrollTop += first.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
      if (small.matches) chat.scrollIntoView({ block: "start" });
    }).observe(chat, { childList: true, subtree: true, characterData: true });
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      chat.addEventListener(kind, () => (held = false), { passive: true });
    }
  }

  function hint() {
    const all = byId("plans").closest("aside").dataset.all;
    for (const input of document.querySelectorAll("#filters input")) input.placeholder = input.placeholder || all;
  }

  function ready() {
    const chat = byId("chat");
    const box = document.querySelector("#question textarea");
    if (!chat || !box || !byId("plans")) return false;
    follow(chat);
    hint();
    new MutationObserver(hint).observe(byId("filters"), { childList: true, subtree: true }); // Gradio draws them anew
    if (!small.matches) box.focus({ preventScroll: true }); // else the keyboard would cover the numbers to call
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
