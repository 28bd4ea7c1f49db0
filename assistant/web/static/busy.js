// A question that the site does not take now is said in the conversation, in its words; it stays in the box.
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
    const response = await fetched(...asked);
    const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
    if (address.includes("/gradio_api/queue/join")) {
      if (response.status === 429 || response.status === 503) response.clone().json().then(say, () => {});
      else clear();
    }
    return response;
  };
})();
