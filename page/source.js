// The source panel: a document's text with the cited words marked; beside the answer, or over it on a small screen.
import { byId, element, word } from "./dom.js";

export const IS_WIDE = matchMedia("(min-width: 64rem)");
let pressed = null;
let asked = 0;

async function documentText(address) {
  const fault = element("p", { className: "message", textContent: word("sourceFault") });
  try {
    const response = await fetch(address);
    if (!response.ok) return fault;
    return element("div", { lang: "en", dir: "ltr", innerHTML: await response.text() });
  } catch {
    return fault;
  }
}

function head(button) {
  const about = byId(button.dataset.about).cloneNode(true);
  about.removeAttribute("id");
  about.querySelector(".cited-quote").remove();
  const name = about.querySelector(".panel-title");
  const title = element("h2", { id: "source-title", tabIndex: -1, textContent: name.textContent });
  title.lang = "en";
  title.dir = "ltr";
  name.replaceWith(title);
  const turn = button.closest(".turn");
  const back = element("button", { type: "button", className: "back", textContent: word("back") });
  back.addEventListener("click", close);
  return element("div", { className: "panel-head", lang: turn.lang, dir: turn.dir }, back, about);
}

function bringIntoPanel(panel) {
  const words = panel.querySelector("#cited-words");
  if (!words) return;
  const text = panel.querySelector(".document");
  const scrolls = text.scrollHeight > text.clientHeight + 1 ? text : panel;
  const down = words.getBoundingClientRect().top - scrolls.getBoundingClientRect().top;
  scrolls.scrollTop += down - Math.min(80, scrolls.clientHeight / 4);
}

export async function show(button) {
  const mine = ++asked;
  const text = await documentText(button.dataset.source);
  if (mine !== asked || !button.isConnected) return;
  const panel = byId("source");
  if (pressed) pressed.removeAttribute("aria-current");
  panel.replaceChildren(head(button), text);
  pressed = button;
  button.setAttribute("aria-current", "true");
  document.body.classList.add("has-source");
  if (!panel.open) {
    if (IS_WIDE.matches) panel.show(); else panel.showModal();
  }
  bringIntoPanel(panel);
  byId("source-title").focus({ preventScroll: true });
}

export function close() {
  asked++;
  if (byId("source").open) byId("source").close();
}

function closed() {
  document.body.classList.remove("has-source");
  byId("source").replaceChildren();
  if (!pressed) return;
  pressed.removeAttribute("aria-current");
  if (pressed.isConnected) {
    pressed.focus({ preventScroll: true });
    pressed.scrollIntoView({ block: "center" });
  }
  pressed = null;
}

byId("source").addEventListener("close", closed);
byId("source").addEventListener("click", (event) => {
  if (event.target === byId("source") && !IS_WIDE.matches) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("source").open) close();
});
