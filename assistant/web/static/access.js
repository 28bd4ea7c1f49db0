// What Gradio leaves out for those who listen: names in our words, the language of what is said.
(() => {
  "use strict";
  const VIETNAMESE = /[\u0300-\u036f\u0110\u0111]/; // a mark on a letter, or Đ
  const names = JSON.parse(document.querySelector(".tools").dataset.names);
  const SAID = "#chat .prose :is(p, li, td, th, h1, h2, h3, h4, h5, h6), #visit li";

  // Names that Gradio writes, by what is found in them.
  const NAMES = [
    ['[role="log"]', /^chatbot/, () => names.log],
    ['[data-testid="user"]', /^user's message/, () => names.user],
    ['[data-testid="bot"]', /^bot's message/, () => names.bot],
    [".token-remove:not(.remove-all)", /^Remove/, () => names.remove],
    [".remove-all", /^Clear/, () => names.clear],
  ];

  // Vietnamese where at least every fourth word has letters that English does without.
  function languageOf(text) {
    const words = text.normalize("NFD").match(/[\p{L}\p{M}]+/gu) || [];
    return words.filter((word) => VIETNAMESE.test(word)).length * 4 >= Math.max(words.length, 1) ? "vi" : "en";
  }

  function name(element, written, say) {
    const attribute = element.hasAttribute("title") ? "title" : "aria-label";
    if (!written.test(element.getAttribute(attribute) || "")) return;
    if (attribute === "aria-label" && !element.hasAttribute("role")) element.setAttribute("role", "group");
    element.setAttribute(attribute, say());
  }

  function isSaid(element) {
    return !element.closest(".placeholder") && element.textContent.trim();
  }

  function mend() {
    for (const [selector, written, say] of NAMES) {
      document.querySelectorAll(selector).forEach((element) => name(element, written, say));
    }
    // A long list of choices scrolls, and would be a stop of the Tab key that is gone as soon as it is reached.
    document.querySelectorAll("#filters .option-list:not([tabindex])").forEach((one) => (one.tabIndex = -1));
    // Buttons are no items of a list.
    document.querySelectorAll('#chat .examples[role="list"]').forEach((one) => one.removeAttribute("role"));
    // Its own words name an offered question; Gradio puts "Select example" before them.
    document.querySelectorAll("#chat .example[aria-label]").forEach((one) => one.removeAttribute("aria-label"));
    document.querySelectorAll(SAID).forEach((element) => {
      if (!isSaid(element)) return;
      const language = languageOf(element.textContent);
      if (element.lang !== language) element.lang = language;
    });
  }

  let due = 0;
  new MutationObserver(() => {
    due = due || requestAnimationFrame(() => {
      due = 0;
      mend();
    });
  }).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-label", "title"],
  });
})();
