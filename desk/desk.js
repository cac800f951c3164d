// Search as you type, keys, copying, printing, and places in documents. Every page also works without it.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function say(words) {
    const said = find("#said");
    said.textContent = "";
    setTimeout(() => { said.textContent = words; }, 50);
  }

  // Keys of one letter can be turned off (WCAG 2.1.4).
  const KEYS = "desk-keys-off";
  const keysOn = () => localStorage.getItem(KEYS) !== "1";
  const keysBox = find("#keys-on");
  if (keysBox) {
    keysBox.checked = keysOn();
    keysBox.addEventListener("change", () => localStorage.setItem(KEYS, keysBox.checked ? "0" : "1"));
  }

  // The clipboard of browsers needs https or this machine; elsewhere the older command still works.
  async function toClipboard(text) {
    if (navigator.clipboard) {
      try { await navigator.clipboard.writeText(text); return true; } catch { /* the older command is tried */ }
    }
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus();
    return done;
  }

  async function copy(button) {
    const link = button.dataset.link ? `\n${new URL(button.dataset.link, location.href)}` : "";
    const done = await toClipboard(button.dataset.copy + link);
    say(done ? "Copied." : "Copying is not allowed here.");
    if (!done) return;
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  find("#print")?.addEventListener("click", () => window.print());

  // A link from another site: asked again from here, the cookie comes along.
  find("#again")?.click();

  search();
  place();

  function search() {
    const form = find("#search");
    if (!form) return;
    const box = find("#q");
    const hits = find("#hits");
    const PAUSE_MS = 350;
    let number = 0;
    let pause = 0;
    let asking = null;
    let flight = Promise.resolve();
    let waiting = null;
    let address = location.href;
    // How many results are wanted; the server's own number where nobody asked for more.
    let upto = new URLSearchParams(location.search).get("upto") || "";

    const narrow = matchMedia("(max-width: 50rem)");
    const fold = () => { find(".filters").open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    fold();

    const parameters = () => {
      const given = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (value && !(name === "sort" && value === "relevance")) given.append(name, value);
      }
      if (upto) given.append("upto", upto);
      return given;
    };

    async function ask(deep) {
      clearTimeout(pause);
      asking?.abort();
      asking = new AbortController();
      const own = ++number;
      const given = parameters();
      if (deep) given.append("deep", "1");
      try {
        const answer = await fetch(`/desk/results?${given}`, { signal: asking.signal, headers: { accept: "application/json" } });
        if (answer.status === 401) { location.assign("/desk/sign-in"); return; }
        const found = await answer.json();
        if (own !== number) return;
        show(found);
        address = found.address;
        if (deep) {
          history.replaceState(null, "", address);
          say(found.count || "Type to search.");
        }
      } catch (fault) {
        if (fault.name === "AbortError") return;
        find("#count").textContent = "The desk can't be reached. Try again.";
        say("The desk can't be reached. Try again.");
      }
    }

    function show(found) {
      if (hits.dataset.shown !== found.hits) hits.innerHTML = found.hits;
      hits.dataset.shown = found.hits;
      find("#count").textContent = found.count;
      find("#start")?.toggleAttribute("hidden", Boolean(found.count));
      for (const place of all("[data-count]")) place.textContent = found.counts[place.dataset.count] || "";
    }

    const links = () => all(".open", hits);

    function go(to) {
      const found = links();
      const link = found[Math.min(Math.max(to, 0), found.length - 1)];
      link?.focus();
      link?.closest(".hit").scrollIntoView({ block: "nearest" });
    }

    // To the first result once what was typed is answered; keys that are pressed until then are kept for it.
    async function toFirst() {
      clearTimeout(pause);
      waiting = [];
      await flight;
      history.replaceState(null, "", address);
      go(0);
      const keys = waiting;
      waiting = null;
      for (const key of keys) act(key);
    }

    // The next results below those there are, and to the first of them.
    async function showMore(link) {
      const first = links().length;
      upto = new URL(link.href).searchParams.get("upto");
      flight = ask(true);
      await flight;
      go(first);
    }

    function typed() {
      upto = "";
      flight = ask(false);
      pause = setTimeout(() => { flight = ask(true); }, PAUSE_MS);
    }

    box.addEventListener("input", typed);
    document.addEventListener("change", (event) => {
      if (event.target.form !== form || event.target === box) return;
      upto = "";
      flight = ask(true);
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.id === "to-card") return;
      event.preventDefault();
      flight = ask(true);
      toFirst();
    });
    hits.addEventListener("click", (event) => {
      const more = event.target.closest("#more");
      if (!more || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      showMore(more);
    });
    find("#clear").addEventListener("click", (event) => {
      event.preventDefault();
      all("input[type=checkbox]", find(".filters")).forEach((choice) => { choice.checked = false; });
      upto = "";
      flight = ask(true);
      box.focus();
    });

    // What a key does in the list; whether it does anything.
    function act(key) {
      const more = find("#more", hits);
      if (key === "m" && more && keysOn()) { showMore(more); return true; }
      if (document.activeElement === more && more && key === "ArrowUp") { go(links().length - 1); return true; }
      const hit = document.activeElement.closest(".hit");
      if (!hit) return false;
      const at = all(".hit", hits).indexOf(hit);
      const link = find(".open", hit);
      if (key === "ArrowDown" && at + 1 === links().length && more) more.focus();
      else if (key === "ArrowDown") go(at + 1);
      else if (key === "ArrowUp" && at) go(at - 1);
      else if (key === "ArrowUp") box.focus();
      else if (key === "Escape") { box.focus(); box.select(); }
      else if (key === "Enter" && document.activeElement === link) link.click();
      else if (key === "c" && keysOn()) find(".acts [data-copy]", hit).click();
      else if (["k", "f"].includes(key) && keysOn()) find(`[data-key=${key}]`, hit).click();
      else return false;
      return true;
    }

    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === box) {
        if (waiting) { event.preventDefault(); waiting.push(event.key); }
        else if (event.key === "ArrowDown") { event.preventDefault(); toFirst(); }
        return;
      }
      if (event.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
      if (event.key === "/" && keysOn()) { event.preventDefault(); box.focus(); box.select(); }
      else if (act(event.key)) event.preventDefault();
      // Keys that nothing else has asked for are the box's: what is typed before the browser has put the cursor there too.
      else if (event.target === document.body && event.key === "ArrowDown") { event.preventDefault(); toFirst(); }
      else if (event.target === document.body && event.key.length === 1 && event.key !== " ") box.focus();
    });
  }

  // /documents/ID#s-12-40 marks those characters, as ?show=12-40 does without JavaScript.
  function place() {
    const text = find("#text");
    if (!text) return;
    async function show() {
      const match = /^#s-(\d+)-(\d+)$/.exec(location.hash);
      if (!match) return;
      const answer = await fetch(`${location.pathname}?show=${match[1]}-${match[2]}`);
      if (!answer.ok) return;
      const other = new DOMParser().parseFromString(await answer.text(), "text/html");
      text.replaceChildren(...find("#text", other).childNodes);
      find("#cited-words")?.scrollIntoView({ block: "center" });
      say("The cited words are marked.");
    }
    addEventListener("hashchange", show);
    show();
  }
})();
