// The questions of this visit, read off the conversation on the page: they go with it and are stored nowhere.
(() => {
  "use strict";
  let shown = [];

  // A question is listed once its answer is whole and bears the mark of `listed`: one that tells of harm never does.
  function listed(chat) {
    const found = [];
    let question = null;
    for (const row of chat.querySelectorAll(".message-row")) {
      if (row.matches(".user-row")) question = row;
      else if (question && row.querySelector(".listed")) {
        found.push({ question, answer: row, text: question.textContent.trim() });
        question = null;
      }
    }
    return found;
  }

  function jump(entry, chat) {
    const log = chat.querySelector('[role="log"]');
    chat.dispatchEvent(new Event("pointerdown")); // the reader scrolls: sources.js no longer follows the last question
    entry.question.scrollIntoView({ block: "nearest" });
    log.scrollTop += entry.question.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
    entry.answer.tabIndex = -1;
    entry.answer.focus({ preventScroll: true });
  }

  function item(entry, at, chat) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = entry.text;
    // Gradio may have drawn the rows anew since: looked up when it is needed.
    button.addEventListener("click", () => {
      const found = listed(chat)[at];
      if (found) jump(found, chat);
    });
    line.append(button);
    return line;
  }

  function draw(chat, box) {
    const entries = listed(chat);
    const texts = entries.map((entry) => entry.text);
    if (texts.length === shown.length && texts.every((text, at) => text === shown[at])) return;
    shown = texts;
    box.hidden = !entries.length;
    box.querySelector("b").textContent = String(entries.length);
    box.querySelector("ol").replaceChildren(...entries.map((entry, at) => item(entry, at, chat)));
  }

  function ready() {
    const chat = document.getElementById("chat");
    const box = document.getElementById("visit");
    if (!chat || !box) return false;
    new MutationObserver(() => draw(chat, box)).observe(chat, { childList: true, subtree: true });
    return true;
  }

  if (!ready()) {
    new MutationObserver((_, watcher) => ready() && watcher.disconnect()).observe(document.documentElement, {
      childList: true,
      subtree: true,
    });
  }
})();
