// What can be done with an answer: copy, print, hear it, say whether it helped, see what a word means.
import { announceWords, byId, saidIn, word } from "./dom.js";

// The page's names of languages are those of texts; voices are named by places.
const VOICES = { "zh-Hant": "zh-TW", "zh-Hans": "zh-CN", tl: "fil-PH", en: "en-US", es: "es-US" };
let reading = null;
let unfolded = [];

export function copyPlain(button, plain) {
  const copied = () => say(button, button.dataset.done);
  if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(plain).then(copied, () => {});
  else if (copyOld(plain)) copied();
}

// For pages that are served without encryption, in an office's own network say.
function copyOld(plain) {
  const box = document.createElement("textarea");
  box.value = plain;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

function say(button, words) {
  const before = button.textContent;
  button.textContent = words;
  announceWords(words);
  setTimeout(() => { button.textContent = before; }, 3000);
}

export function printAnswer(turn) {
  const date = new Date().toLocaleDateString(turn.lang, { dateStyle: "long", numberingSystem: "latn" });
  turn.dataset.printed = word("printed").replace("{date}", date);
  turn.classList.add("to-print");
  document.body.classList.add("prints-one");
  window.print();
}

// On paper nothing can be pressed open, by whichever way it is printed.
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(".turn details:not([open])")];
  unfolded.forEach((part) => { part.open = true; });
});

window.addEventListener("afterprint", () => {
  unfolded.forEach((part) => { part.open = false; });
  unfolded = [];
  document.body.classList.remove("prints-one");
  document.querySelectorAll(".to-print").forEach((turn) => turn.classList.remove("to-print"));
});

const voiceOf = (language) => VOICES[language] || language;

// Whether this browser can read a language aloud; before its voices have loaded, it may.
function canRead(language) {
  if (!window.speechSynthesis) return false;
  const voices = speechSynthesis.getVoices();
  const wanted = voiceOf(language).slice(0, 2);
  return voices.length > 0 && voices.some((voice) => voice.lang.toLowerCase().startsWith(wanted));
}

export function offerReading() {
  document.querySelectorAll('[data-do="read"]').forEach((button) => {
    button.hidden = !canRead(button.closest(".turn").lang);
  });
}

if (window.speechSynthesis) speechSynthesis.addEventListener?.("voiceschanged", offerReading);

export function stopReading() {
  if (!reading) return;
  speechSynthesis.cancel();
  reading.button.textContent = reading.label;
  document.querySelectorAll(".is-read").forEach((part) => part.classList.remove("is-read"));
  reading = null;
}

export function readAloud(button) {
  const isOn = reading && reading.button === button;
  stopReading();
  if (isOn) return;
  const mine = { button, label: button.textContent };
  reading = mine;
  button.textContent = button.dataset.done;
  const turn = button.closest(".turn");
  turn.querySelectorAll(".more").forEach((part) => { part.open = true; });
  const parts = saidIn(turn);
  parts.forEach(({ element, text, language }, number) => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = voiceOf(language);
    spoken.rate = 0.9;
    spoken.onstart = () => element.classList.add("is-read");
    spoken.onend = () => {
      element.classList.remove("is-read");
      if (number === parts.length - 1 && reading === mine) stopReading();
    };
    speechSynthesis.speak(spoken);
  });
}

export async function sayWhetherHelpful(button) {
  const box = button.closest(".helpful");
  // Pressed again while the first press is under way, it is still one answer that helped.
  if (box.ariaBusy) return;
  box.ariaBusy = "true";
  const topics = button.closest(".turn").dataset.topics.split(" ").filter(Boolean);
  const useful = button.dataset.useful === "true";
  const taken = await fetch("helpful", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ useful, topics }),
  }).catch(() => null);
  const thanks = document.createElement("span");
  thanks.textContent = taken?.ok ? box.dataset.thanks : box.dataset.notCounted;
  thanks.tabIndex = -1;
  box.replaceChildren(thanks);
  box.ariaBusy = null;
  thanks.focus({ preventScroll: true });
}

export function showMeaning(button) {
  const meaning = byId(button.getAttribute("aria-controls"));
  meaning.hidden = !meaning.hidden;
  button.setAttribute("aria-expanded", String(!meaning.hidden));
}
