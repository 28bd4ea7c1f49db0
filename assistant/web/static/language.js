// English instead of Vietnamese with English beside it. Pairs of our own are shown and hidden by frame.css; what Gradio
// holds as plain text is looked up in the table of /strings.json. The choice lasts as long as the tab.
(() => {
  "use strict";
  const ATTRIBUTES = ["placeholder", "aria-label", "title"];
  const root = document.documentElement;
  const changed = new Map(); // node -> attribute, or "" for its text -> [what stood there, what stands there now]
  let table = null;

  function chosen() {
    try {
      return sessionStorage.getItem("language") === "en" ? "en" : "vi";
    } catch {
      return root.lang === "en" ? "en" : "vi";
    }
  }

  function choose(language) {
    try {
      sessionStorage.setItem("language", language);
    } catch {
      // Storage is shut: the choice holds for this page.
    }
    apply(language);
  }

  function pattern(template) {
    const seen = new Set();
    const source = template.split(/(\{\w+\})/).map((part) => {
      if (!/^\{\w+\}$/.test(part)) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const name = part.slice(1, -1);
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      return `(?<${name}>.+?)`;
    });
    return new RegExp(`^${source.join("")}$`, "s");
  }

  function readTable(rows) {
    const exact = new Map();
    const filled = [];
    for (const [vi, en] of rows) {
      for (const shown of [`${vi} / ${en}`, `${vi}\n${en}`, vi]) {
        if (vi.includes("{")) filled.push([pattern(shown), en]);
        else if (!exact.has(shown)) exact.set(shown, en);
      }
    }
    return { exact, filled };
  }

  function english(text) {
    const bare = text.trim();
    if (!bare) return null;
    const found = table.exact.get(bare);
    if (found !== undefined) return text.replace(bare, () => found);
    for (const [shape, en] of table.filled) {
      const match = shape.exec(bare);
      if (match) return en.replace(/\{(\w+)\}/g, (_, name) => match.groups[name]);
    }
    return null;
  }

  // What people and plans wrote stays; so does what is marked with its language.
  function isOurs(node) {
    const isText = node.nodeType === Node.TEXT_NODE;
    const element = isText ? node.parentElement : node;
    if (!element || element.closest("script, style, template") || (isText && element.closest("textarea"))) return false;
    if (element.closest("a.cite")) return true;
    const marked = element.closest("[lang]");
    const said = element.closest(".message-row") && !element.closest(".actions");
    return !said && !element.closest(".text") && (!marked || marked === root);
  }

  function put(node, attribute, text) {
    const now = english(text);
    if (now === null || now === text) return;
    if (!changed.has(node)) changed.set(node, new Map());
    changed.get(node).set(attribute, [text, now]);
    if (attribute) node.setAttribute(attribute, now);
    else node.data = now;
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (isOurs(node)) put(node, "", node.data);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const attribute of ATTRIBUTES) {
      if (node.hasAttribute(attribute) && isOurs(node)) put(node, attribute, node.getAttribute(attribute));
    }
    node.childNodes.forEach(translate);
  }

  function restore() {
    for (const [node, parts] of changed) {
      for (const [attribute, [before, now]] of parts) {
        if (attribute && node.getAttribute(attribute) === now) node.setAttribute(attribute, before);
        if (!attribute && node.data === now) node.data = before;
      }
    }
    changed.clear();
  }

  const watcher = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "childList") record.addedNodes.forEach(translate);
      else if (record.type === "characterData") translate(record.target);
      else if (isOurs(record.target)) {
        put(record.target, record.attributeName, record.target.getAttribute(record.attributeName) || "");
      }
    }
    for (const node of changed.keys()) if (!node.isConnected) changed.delete(node);
  });

  function watch() {
    translate(document.body);
    const title = document.querySelector("title");
    if (title) translate(title);
    watcher.observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: ATTRIBUTES,
    });
  }

  async function apply(language) {
    root.dataset.lang = language;
    root.lang = language;
    watcher.disconnect();
    restore();
    if (language !== "en") return;
    try {
      table = table || readTable(await (await fetch("/strings.json")).json());
    } catch {
      return; // what our own pairs say is in English; the rest stays in both languages
    }
    if (root.dataset.lang === "en") watch();
  }

  // Gradio writes the language of the browser over ours.
  new MutationObserver(() => {
    if (root.lang !== root.dataset.lang) root.lang = root.dataset.lang;
  }).observe(root, { attributeFilter: ["lang"] });

  const button = document.getElementById("language");
  button.hidden = false;
  button.addEventListener("click", () => choose(root.dataset.lang === "en" ? "vi" : "en"));
  apply(chosen());

  // An offered question is asked in the language it is read in.
  document.addEventListener(
    "click",
    (event) => {
      const example = event.target.closest("#chat button.example");
      const box = document.querySelector("#question textarea");
      if (!example || !box || root.dataset.lang !== "en") return;
      event.preventDefault();
      event.stopPropagation();
      box.value = example.textContent.trim();
      box.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => document.querySelector("#question .submit-button").click());
    },
    true,
  );
})();
