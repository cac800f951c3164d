// What the page does in the browser: shows cited words in the source panel and moves focus to what is new.
(() => {
  "use strict";
  let pressed = null;
  let lastTurn = "";
  let asked = 0;

  const byId = (id) => document.getElementById(id);
  const box = () => document.querySelector("#question textarea");

  function focusOn(element, inView = element) {
    if (!element) return;
    element.focus({ preventScroll: true });
    inView.scrollIntoView({ block: "start" });
  }

  function panelHead(button) {
    const about = byId(button.dataset.about);
    const head = document.createElement("div");
    head.className = "panel-head";
    head.innerHTML = about ? about.innerHTML : "";
    const title = document.createElement("h2");
    title.id = "source-title";
    title.tabIndex = -1;
    const name = head.querySelector(".panel-title");
    title.textContent = name ? name.textContent : "";
    if (name) name.replaceWith(title); else head.prepend(title);
    return head;
  }

  function backButton() {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "plain back";
    back.dataset.go = "answer";
    back.textContent = "Back to the answer";
    return back;
  }

  async function documentText(address) {
    const fault = '<p class="message">The document can\'t be shown just now. Please press the number again.</p>';
    try {
      const response = await fetch(new URL(address, document.baseURI));
      return response.ok ? await response.text() : fault;
    } catch {
      return fault;
    }
  }

  function bringIntoPanel(panel) {
    const text = panel.querySelector(".document");
    const words = panel.querySelector("#cited-words");
    if (!text || !words) return;
    const down = words.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += down - Math.min(80, text.clientHeight / 4);
  }

  async function show(button, moveFocus) {
    const mine = ++asked;
    const html = await documentText(button.dataset.source);
    if (mine !== asked) return;
    const panel = byId("source");
    const start = byId("source-start");
    start.hidden = true;
    panel.querySelectorAll(":scope > :not(#source-start)").forEach((part) => part.remove());
    start.querySelector("h2").removeAttribute("id");
    const text = document.createElement("div");
    text.innerHTML = html;
    panel.append(panelHead(button), backButton(), text);
    document.querySelectorAll("[data-source]").forEach((other) => other.removeAttribute("aria-current"));
    button.setAttribute("aria-current", "true");
    pressed = button;
    bringIntoPanel(panel);
    if (moveFocus) focusOn(byId("source-title"), panel);
  }

  function showStart() {
    asked++;
    const start = byId("source-start");
    byId("source").querySelectorAll(":scope > :not(#source-start)").forEach((part) => part.remove());
    start.hidden = false;
    start.querySelector("h2").id = "source-title";
    pressed = null;
  }

  function answered() {
    const newest = document.querySelector(".turn");
    if (!newest) {
      lastTurn = "";
      showStart();
      focusOn(box(), byId("question"));
      return;
    }
    // A server that was started again counts from 1 again, so the number alone does not tell.
    const turn = newest.dataset.turn + newest.querySelector("h2").textContent;
    if (turn !== lastTurn) {
      lastTurn = turn;
      focusOn(newest.querySelector("h2"), newest);
      const first = newest.querySelector("[data-source]");
      if (first) show(first, false); else showStart();
    }
  }

  function said() {
    if (document.querySelector('#status [data-keep="question"]')) setTimeout(() => focusOn(box(), byId("question")), 50);
  }

  document.addEventListener("click", (event) => {
    const cite = event.target.closest("[data-source]");
    if (cite) {
      show(cite, true);
      return;
    }
    const go = event.target.closest("[data-go]");
    if (!go) return;
    event.preventDefault();
    if (go.dataset.go === "answer" && pressed && pressed.isConnected) {
      pressed.focus({ preventScroll: true });
      pressed.scrollIntoView({ block: "center" });
    } else {
      focusOn(box(), byId("question"));
    }
  });

  // What Gradio leaves undone: the hint belongs to the box, the two roles are one group with a name, and the page
  // stays light, as its contrast is tested so.
  function settle() {
    if (document.body.classList.contains("dark")) document.body.classList.remove("dark");
    const field = box();
    if (field && !field.hasAttribute("aria-describedby")) field.setAttribute("aria-describedby", "question-hint");
    const group = byId("role");
    if (!group) return;
    const label = group.querySelector('[data-testid="block-info"]');
    if (label && !group.hasAttribute("aria-labelledby")) {
      label.id = "role-label";
      group.setAttribute("aria-labelledby", label.id);
    }
    group.querySelectorAll("input").forEach((input) => { if (input.name !== "role") input.name = "role"; });
  }
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(settle).observe(document.body, {
      attributes: true, attributeFilter: ["class"], childList: true, subtree: true,
    });
    settle();
  });

  window.dualsNavigator = { answered, said };
})();
