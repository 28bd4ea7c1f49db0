// A row of buttons below every finished answer: copy, files, print, feedback. The words stand in <template id="actions">.
(() => {
  "use strict";
  const template = () => document.getElementById("actions");

  function say(row, words) {
    const said = row.querySelector(".said");
    said.textContent = words;
    if (words) said.scrollIntoView({ block: "nearest" });
  }

  // The end of an answer carries what it was asked with (actions.py); it comes with the last words of the answer.
  function asked(message) {
    const handle = message.querySelector(".asked[title]");
    if (!handle) return null;
    const bytes = atob(handle.title.replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(bytes);
  }

  const messageOf = (row) => row.closest(".bot-row");
  const body = (message) => message.querySelector(".message-content");
  const request = ({ question, history, provinces, years, agencies }) => ({ question, history, provinces, years, agencies });

  // "Nguồn 3: KẾ HOẠCH …, IV › 4" of a link becomes "KẾ HOẠCH … (số 107/KH-UBND, ngày 02/03/2020), IV › 4".
  function sources(message) {
    const found = new Map();
    const { plans } = asked(message);
    for (const link of message.querySelectorAll("a.cite")) {
      const n = link.lastChild.textContent.trim();
      const doc = decodeURIComponent(new URL(link.href).pathname.split("/").pop());
      const [title, facts] = plans[doc] || ["", ""];
      const where = link.title.slice(template().dataset.cite.replace("{n}", n).length);
      const rest = title && where.startsWith(title) ? where.slice(title.length) : where;
      found.set(n, `${rest === where ? "" : title}${facts && rest !== where ? ` (${facts})` : ""}${rest}`);
    }
    return [...found].sort((a, b) => a[0] - b[0]);
  }

  // Words as they can stand in a letter: items with a dash, cells with a bar, marks as [n].
  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\s+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".asked")) return "";
    if (node.matches("a.cite")) return `[${node.lastChild.textContent.trim()}]`;
    if (node.tagName === "BR") return "\n";
    return [...node.childNodes].map(inline).join("");
  }

  function lines(node, depth = 0) {
    if (node.matches("ul, ol")) {
      return [...node.children].flatMap((item, at) => {
        const inner = [...item.childNodes].filter((child) => !child.matches || !child.matches("ul, ol"));
        const mark = node.tagName === "OL" ? `${(node.start || 1) + at}. ` : "- ";
        const nested = [...item.children].filter((child) => child.matches("ul, ol"));
        return [
          "  ".repeat(depth) + mark + inner.map(inline).join("").trim(),
          ...nested.flatMap((list) => lines(list, depth + 1)),
        ];
      });
    }
    if (node.matches("tr")) return [[...node.cells].map((cell) => inline(cell).trim()).join(" | ")];
    if (node.matches("p, h1, h2, h3, h4, h5, h6")) {
      const words = inline(node).trim();
      return words ? [...words.split("\n").map((line) => line.trim()), ""] : [];
    }
    const inner = [...node.children].flatMap((child) => lines(child, depth));
    return node.matches("table") ? ["", ...inner, ""] : inner;
  }

  function plainText(message) {
    const text = lines(body(message)).join("\n").replace(/\n{3,}/g, "\n\n").trim();
    const list = sources(message).map(([n, where]) => `[${n}] ${where}`);
    return list.length ? `${text}\n\n${template().dataset.sources}:\n${list.join("\n")}\n` : `${text}\n`;
  }

  // Where the page is not served over HTTPS there is no clipboard API.
  function copyOldWay(text) {
    const box = document.createElement("textarea");
    const before = document.activeElement;
    box.value = text;
    box.className = "visually-hidden";
    box.readOnly = true;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    if (before) before.focus({ preventScroll: true });
    return done;
  }

  async function copy(row) {
    const text = plainText(messageOf(row));
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = copyOldWay(text);
    }
    say(row, template().dataset[done ? "copied" : "copyFailed"]);
  }

  const post = (address, data) =>
    fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });

  function fileName(response, ending) {
    const found = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") || "");
    return found ? decodeURIComponent(found[1]) : `tra-loi.${ending}`;
  }

  async function download(row, ending) {
    try {
      const response = await post(`/download/${ending}`, request(asked(messageOf(row))));
      if (!response.ok) throw new Error(`download: status ${response.status}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = fileName(response, ending);
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say(row, template().dataset.downloaded);
    } catch {
      say(row, template().dataset.downloadFailed);
    }
  }

  function element(tag, words, name) {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    if (name) made.className = name;
    return made;
  }

  // Only for the printer: the question, the answer, its sources. The numbers to call stay on top.
  function printView(message) {
    const view = element("section");
    view.id = "print-view";
    view.lang = "vi";
    const answer = body(message).cloneNode(true);
    answer.querySelectorAll(".asked").forEach((one) => one.remove());
    answer.querySelectorAll("a.cite").forEach((one) => one.replaceWith(element("sup", one.lastChild.textContent.trim())));
    const { question, provinces, years, agencies } = asked(message);
    view.append(element("h1", question));
    const filters = [...provinces, ...years, ...agencies].join(", ");
    const day = new Date().toLocaleDateString("vi-VN");
    view.append(element("p", filters ? `${filters} · ${day}` : day, "day"), answer);
    const list = element("ol");
    for (const [n, where] of sources(message)) {
      const item = element("li", where);
      item.value = n;
      list.append(item);
    }
    if (list.children.length) view.append(element("h2", template().dataset.sources), list);
    view.append(element("p", template().dataset.made, "made"), element("p", template().dataset.help, "made"));
    return view;
  }

  function print(row) {
    const old = document.getElementById("print-view");
    if (old) old.remove();
    document.body.append(printView(messageOf(row)));
    window.addEventListener("afterprint", () => document.getElementById("print-view")?.remove(), { once: true });
    window.print();
  }

  // Feedback: nothing leaves the page before the person has agreed and sent it.
  function vote(row, button) {
    const form = row.querySelector("form");
    const open = button.getAttribute("aria-expanded") === "true";
    row.querySelectorAll(".thumb").forEach((one) => one.setAttribute("aria-expanded", "false"));
    button.setAttribute("aria-expanded", String(!open));
    form.hidden = open;
    form.dataset.vote = button.dataset.do;
    say(row, "");
    if (open) return;
    form.elements.comment.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  }

  function close(row, focus) {
    const form = row.querySelector("form");
    form.hidden = true;
    form.reset();
    row.querySelectorAll(".thumb").forEach((one) => one.setAttribute("aria-expanded", "false"));
    if (focus) row.querySelector(`[data-do="${form.dataset.vote}"]`).focus();
  }

  async function send(row, form) {
    const { comment, consent } = form.elements;
    if (!consent.checked) {
      say(row, template().dataset.consent);
      consent.focus();
      return;
    }
    const data = { ...request(asked(messageOf(row))), vote: form.dataset.vote, comment: comment.value, consent: true };
    try {
      const response = await post("/feedback", data);
      const { kept, message } = await response.json();
      say(row, message);
      if (kept) close(row, true);
    } catch {
      say(row, template().dataset.failed);
    }
  }

  const acts = {
    copy,
    docx: (row) => download(row, "docx"),
    csv: (row) => download(row, "csv"),
    print,
    good: vote,
    bad: vote,
    cancel: (row) => close(row, true),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".actions [data-do]");
    if (button) acts[button.dataset.do](button.closest(".actions"), button);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".actions form")) return;
    event.preventDefault();
    send(event.target.closest(".actions"), event.target);
  });

  // Gradio sends a question on Enter wherever it is typed in its page; a comment may have lines.
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest(".actions form")) return;
    event.stopPropagation();
    if (event.key === "Escape") close(event.target.closest(".actions"), true);
  });

  function dress(message) {
    const row = message.querySelector(".actions");
    const handle = message.querySelector(".asked[title]")?.title;
    if (row && row.dataset.of === handle) return;
    if (row) row.remove(); // another answer has taken the place: not finished yet, or one without buttons
    if (!handle) return;
    const made = template().content.firstElementChild.cloneNode(true);
    made.dataset.of = handle;
    made.querySelector('[data-do="csv"]').hidden = !asked(message).csv;
    (message.querySelector(".bot.message") || message).after(made);
    message.querySelector("[data-testid]")?.removeAttribute("aria-label"); // Gradio's: the raw text, handle and all
  }

  function ready() {
    const chat = document.getElementById("chat");
    if (!chat) return false;
    const all = () => chat.querySelectorAll(".bot-row").forEach(dress);
    new MutationObserver(all).observe(chat, { childList: true, subtree: true });
    all();
    return true;
  }

  if (!ready()) {
    new MutationObserver((_, watcher) => ready() && watcher.disconnect()).observe(document.documentElement, {
      childList: true,
      subtree: true,
    });
  }
})();
