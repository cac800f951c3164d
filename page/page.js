// The page: asks, shows answers, clears them, and changes its language. The conversation stays in this tab.
import { answerOf } from "./asking.js";
import { announce, announceWords, byId, element, focusOn, saidIn, word } from "./dom.js";
import { IS_WIDE, close, show } from "./source.js";
import { copyPlain, offerReading, printAnswer, readAloud, sayWhetherHelpful, showMeaning, stopReading } from "./tools.js";
import { tell, waits } from "./waiting.js";

const MOST_OF_WINDOW = 0.35;
// The server takes this many turns of a conversation, and texts of this length.
const MOST_TURNS = 40;
const LONGEST_TURN = 20000;
const preferences = window.preferences;
const box = byId("question");
let history = [];
let plains = new Map();
let turns = 0;
let asking = null;

// Said in place of an answer; it is also spoken.
function tellMessage(text) {
  const call = document.querySelector(".bar-call a");
  const again = call ? [element("p", {}, call.cloneNode(true))] : [];
  tell(element("div", { className: "message" }, element("p", { textContent: text }), ...again));
  announceWords(text);
}

function isLanguageChosen() {
  return Boolean(preferences.get("language")) || new URL(location.href).searchParams.has("lang");
}

function askTyped(message) {
  return ask({ message, language: document.documentElement.dataset.language, is_chosen: isLanguageChosen() });
}

// Words of the page's own are answered in their language.
function askPressed(button) {
  const language = button.closest("[lang]").lang;
  return ask({ message: button.textContent, language, is_chosen: true, starter: button.dataset.starter || "" });
}

async function ask(asked) {
  if (asking) return;
  const controller = new AbortController();
  asking = controller;
  stopReading();
  tell();
  byId("send").setAttribute("aria-disabled", "true");
  const waiting = waits(controller);
  const question = { ...asked, history: history.slice(-MOST_TURNS), turn: turns + 1 };
  try {
    const answer = await answerOf(question, controller.signal, waiting);
    waiting.ends();
    if (asking !== controller) return;
    tell();
    if (answer.kept) keepQuestion(asked.message, answer); else showAnswer(answer);
  } catch {
    waiting.ends();
    if (asking !== controller) return;
    box.value = asked.message;
    tellMessage(controller.signal.aborted ? word("stopped") : word("noConnection"));
    box.focus();
  } finally {
    if (asking === controller) asking = null;
    byId("send").removeAttribute("aria-disabled");
  }
}

function keepQuestion(message, answer) {
  box.value = message;
  byId("status").innerHTML = answer.html;
  announce(saidIn(byId("status")));
  box.focus();
}

function showAnswer(answer) {
  turns += 1;
  history.push({ role: "user", content: answer.question }, { role: "assistant", content: answer.text.slice(0, LONGEST_TURN) });
  box.value = "";
  close();
  const conversation = byId("conversation");
  const earlier = byId("earlier");
  if (earlier) earlier.remove();
  if (conversation.childElementCount) {
    conversation.prepend(element("h2", { id: "earlier", textContent: word("earlier") }));
  }
  conversation.insertAdjacentHTML("afterbegin", answer.html);
  plains.set(String(turns), answer.plain);
  showTalk(true);
  offerReading();
  const turn = conversation.firstElementChild;
  // What stands behind a tap on a phone is in view where there is room for it.
  turn.querySelectorAll("details:not(.words)").forEach((part) => { part.open = IS_WIDE.matches; });
  focusOn(turn.querySelector("h2"), turn);
  announce(saidIn(turn));
}

function showTalk(isOn) {
  byId("starters").hidden = isOn;
  byId("start-over").hidden = !isOn;
}

function startOver() {
  const waiting = asking;
  asking = null;
  if (waiting) waiting.abort();
  stopReading();
  close();
  history = [];
  plains = new Map();
  turns = 0;
  byId("conversation").replaceChildren();
  tell();
  box.value = "";
  byId("send").removeAttribute("aria-disabled");
  showTalk(false);
  announceWords(word("cleared"));
  focusOn(box, byId("ask"));
}

// The same page in another language: all parts but the conversation and what is typed are exchanged.
async function changeLanguage(code) {
  const address = new URL(location.href);
  address.searchParams.set("lang", code);
  const response = await fetch(address);
  const other = new DOMParser().parseFromString(await response.text(), "text/html");
  const isTalking = byId("starters").hidden;
  for (const part of other.querySelectorAll("[data-part]")) byId(part.id).replaceWith(part);
  Object.assign(document.documentElement, { lang: other.documentElement.lang, dir: other.documentElement.dir });
  document.documentElement.dataset.language = other.documentElement.dataset.language;
  document.title = other.title;
  preferences.set("language", code);
  window.history.replaceState(null, "", address);
  if (byId("earlier")) byId("earlier").textContent = word("earlier");
  showTalk(isTalking);
  markSettings();
  byId("languages-title").focus();
}

function markSettings() {
  byId(`size-${document.documentElement.dataset.size}`).checked = true;
  byId(`theme-${preferences.get("theme") || "device"}`).checked = true;
}

function buttonPressed(button) {
  const turn = button.closest(".turn");
  if (button.dataset.source) show(button);
  else if (button.matches(".ask-this")) askPressed(button);
  else if (button.dataset.useful) sayWhetherHelpful(button);
  else if (button.matches(".word")) showMeaning(button);
  else if (button.id === "start-over") startOver();
  else if (button.dataset.do === "copy") copyPlain(button, plains.get(turn.dataset.turn));
  else if (button.dataset.do === "print") printAnswer(turn);
  else if (button.dataset.do === "read") readAloud(button);
  else if (button.dataset.do === "ask-another") focusOn(box, byId("ask"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, .word");
  const language = event.target.closest("#languages a");
  if (button) buttonPressed(button);
  else if (language) {
    event.preventDefault();
    changeLanguage(language.dataset.language).catch(() => tellMessage(word("noConnection")));
  } else if (event.target.closest(".skip")) {
    event.preventDefault();
    focusOn(box, byId("ask"));
  }
});

document.addEventListener("keydown", (event) => {
  const settings = event.target.closest(".settings details[open]");
  if (event.key === "Escape" && settings) {
    settings.open = false;
    settings.querySelector("summary").focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".word") || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  showMeaning(event.target);
});

document.addEventListener("change", (event) => {
  const { name, value } = event.target;
  if (name !== "size" && name !== "theme") return;
  preferences.set(name, value);
  const size = name === "size" ? value : document.documentElement.dataset.size;
  preferences.show(name === "theme" ? value : preferences.get("theme"), size);
});

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  askTyped(box.value);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  askTyped(box.value);
});
document.addEventListener("click", (event) => {
  document.querySelectorAll(".settings details[open]").forEach((open) => {
    if (!open.contains(event.target) && event.target.isConnected) open.open = false;
  });
});

// What is scrolled to stands below the bar, however many lines it takes; a bar that takes much of a small window goes.
new ResizeObserver(() => {
  const bar = byId("bar");
  bar.classList.remove("is-tall");
  const isTall = bar.offsetHeight > innerHeight * MOST_OF_WINDOW;
  bar.classList.toggle("is-tall", isTall);
  document.documentElement.style.setProperty("--bar-height", isTall ? "0px" : `${bar.offsetHeight}px`);
}).observe(document.body);
markSettings();
const shared = new URL(location.href);
if (shared.searchParams.has("q")) {
  const question = shared.searchParams.get("q");
  // Not asked again when the page is loaded again, and not left in the address.
  shared.searchParams.delete("q");
  window.history.replaceState(null, "", shared);
  askTyped(question);
}
