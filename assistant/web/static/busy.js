// A question that the site does not take now, or whose answer was lost on the way, is said in the conversation, with
// whom to call; Gradio would say it in English only, over the page.
(() => {
  "use strict";
  const fetched = window.fetch;

  function inLanguage(lang, words) {
    const span = document.createElement("span");
    span.lang = lang;
    if (lang === "en") span.className = "en";
    span.textContent = words;
    return span;
  }

  function clear() {
    document.querySelectorAll("#chat .busy").forEach((old) => old.remove());
  }

  function say({ vi, en }) {
    clear();
    const said = document.createElement("p");
    said.className = "busy";
    said.setAttribute("role", "alert");
    said.append(inLanguage("vi", vi), " ", inLanguage("en", en));
    const line = document.querySelector('#top a[href^="tel:"]');
    if (line) {
      const call = document.createElement("a");
      call.href = line.href;
      call.textContent = line.querySelector("b").textContent;
      said.append(" ", call);
    }
    document.getElementById("chat").append(said);
    said.scrollIntoView({ block: "nearest" });
  }

  window.fetch = async (...asked) => {
    const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
    const joins = address.includes("/gradio_api/queue/join");
    if (joins) clear();
    const response = await fetched(...asked);
    if (joins && (response.status === 429 || response.status === 503)) response.clone().json().then(say, () => {});
    return response;
  };

  function lost() {
    const words = document.querySelector('template[data-waiting="lost"]').content;
    const said = (lang) => words.querySelector(`[lang="${lang}"]`).textContent;
    say({ vi: said("vi"), en: said("en") });
  }

  // Gradio's own words for any failure, which busy.css keeps out of sight.
  new MutationObserver(() => {
    const failed = document.querySelector(".toast-body.error:not([data-said])");
    if (!failed) return;
    failed.dataset.said = "";
    if (!document.querySelector("#chat .busy")) lost();
  }).observe(document.body, { childList: true, subtree: true });
})();
