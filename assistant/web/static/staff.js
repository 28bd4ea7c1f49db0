// Files sent one after the other with word of how far they are, dropped onto the page too. Without this file the same
// forms do the same, and the page is opened again to see how far it is.
(() => {
  "use strict";
  const form = document.getElementById("staff-upload");
  const list = document.getElementById("staff-items");
  if (!form || !list) return;
  const said = document.getElementById("staff-said");
  const puts = document.getElementById("staff-puts");
  const input = form.querySelector("#files");
  const drop = form.querySelector(".drop");
  const EVERY = 700; // milliseconds between two looks
  let looking = false;
  let asked = false;
  let last = "";

  document.querySelectorAll(".no-script").forEach((one) => one.remove());

  const chosen = () => (document.documentElement.dataset.lang === "en" ? 1 : 0);
  const words = (both) => both.split(" / ")[chosen()] || both;

  function say(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  function parsed(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  // Only what changed is put anew: what somebody is reading, or has the focus, stays.
  function show(items, none) {
    const wanted = new Set(items.map((one) => `item-${one.id}`));
    for (const child of [...list.children]) if (!wanted.has(child.id)) child.remove();
    let before = null;
    for (const one of items) {
      const held = document.getElementById(`item-${one.id}`);
      let node = held;
      if (!held || held.dataset.html !== one.html) {
        node = parsed(one.html).firstElementChild;
        node.dataset.html = one.html;
        if (held) held.replaceWith(node);
      }
      if (before) before.after(node);
      else if (list.firstElementChild !== node) list.prepend(node);
      before = node;
    }
    if (!items.length) list.replaceChildren(parsed(none));
  }

  function tell(items) {
    const states = items.map((one) => {
      const state = parsed(one.html).querySelector(".state");
      const lang = chosen() ? "en" : "vi";
      const name = parsed(one.html).querySelector("h3").textContent;
      return `${name}: ${state.querySelector(`[lang="${lang}"]`).textContent}`;
    });
    if (states.length && states[0] !== last) say((last = states[0]));
  }

  // Asked for while a look is under way, it is done once more: what that look brings may be older than what was asked.
  async function look() {
    asked = true;
    if (looking) return;
    looking = true;
    try {
      while (asked) {
        asked = false;
        const response = await fetch("/staff/items", { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(`status ${response.status}`);
        const now = await response.json();
        show(now.items, now.none);
        tell(now.items);
        if (puts.dataset.html !== now.puts && !puts.contains(document.activeElement)) {
          puts.dataset.html = now.puts;
          puts.replaceChildren(parsed(now.puts));
        }
        if (now.moving) {
          asked = true;
          await new Promise((done) => setTimeout(done, EVERY));
        }
      }
    } catch {
      say(words(form.dataset.lost));
    } finally {
      looking = false;
    }
  }

  async function send(file) {
    const data = new FormData();
    data.append("token", form.elements.token.value);
    data.append("same", form.elements.same.value);
    data.append("files", file, file.name);
    say(words(form.dataset.sending).replace("{name}", file.name));
    const response = await fetch(form.action, { method: "POST", body: data });
    if (!response.ok) throw new Error(`status ${response.status}`);
  }

  async function sendAll(files) {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      for (const file of files) {
        if (file.size > Number(form.dataset.most)) {
          say(`${file.name}: ${words(form.dataset.large)}`);
          continue;
        }
        await send(file);
        look();
      }
      form.reset();
    } catch {
      say(words(form.dataset.lost));
    } finally {
      button.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll([...input.files]);
  });

  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });

  look();
})();
