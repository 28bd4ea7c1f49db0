// One line, read out too, for whatever takes longer than half a second.
(() => {
  "use strict";
  const SHOWN_AFTER = 500; // milliseconds
  const LATE_AFTER = 30000;
  const line = document.getElementById("waiting");
  let waits = 0; // how many have begun: a later one takes the line over

  function say(kind) {
    const words = document.querySelector(`template[data-waiting="${kind}"]`);
    line.replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
  }

  function wait(kind, done) {
    const mine = ++waits;
    const last = () => mine === waits;
    const timers = [
      setTimeout(() => last() && say(kind), SHOWN_AFTER),
      setTimeout(() => last() && say("late"), LATE_AFTER),
    ];
    const end = () => {
      timers.forEach(clearTimeout);
      if (last()) say("");
    };
    done.then(end, end);
  }

  const answers = () =>
    [...document.querySelectorAll("#chat .bot-row")].filter((row) => row.textContent.trim() && !row.querySelector(".pending"));

  // Until one more answer stands there, the conversation is taken away, or Gradio says that it failed.
  function answered() {
    const before = answers().length;
    return new Promise((resolve) => {
      const watcher = new MutationObserver(() => {
        const same = answers().length === before;
        if (same && !document.querySelector(".toast-body.error")) return;
        watcher.disconnect();
        resolve();
      });
      watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
  }

  function asked() {
    const box = document.querySelector("#question textarea");
    if (box && box.value.trim()) wait("answer", answered());
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
      if (sends && event.target.closest("#question textarea")) asked();
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest("#question .submit-button")) asked();
      else if (event.target.closest("#chat button.example")) wait("answer", answered());
    },
    true,
  );
  document.addEventListener("source-asked", (event) => wait("source", event.detail));
})();
