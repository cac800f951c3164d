// Before anything is shown: the language, text size and colors that this device remembers. Nothing else is kept.
(() => {
  "use strict";
  const root = document.documentElement;
  const isDark = matchMedia("(prefers-color-scheme: dark)");

  function get(name) {
    // A browser may forbid storage; then the choice lasts as long as the page.
    try { return localStorage.getItem(`navigator-${name}`) || ""; } catch { return ""; }
  }

  function set(name, value) {
    try { localStorage.setItem(`navigator-${name}`, value); } catch { /* not remembered */ }
  }

  function show(theme, size) {
    const isSet = theme === "dark" || theme === "light";
    root.dataset.theme = isSet ? theme : isDark.matches ? "dark" : "light";
    root.dataset.size = ["2", "3"].includes(size) ? size : "1";
  }

  isDark.addEventListener("change", () => show(get("theme"), root.dataset.size));
  show(get("theme"), get("size"));
  window.preferences = { get, set, show };

  const address = new URL(location.href);
  const language = get("language");
  if (language && language !== root.dataset.language && !address.searchParams.has("lang")) {
    address.searchParams.set("lang", language);
    location.replace(address);
  }
})();
