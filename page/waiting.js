// What is said while an answer is made: what the server is doing, what has passed so far, and a way to stop.
import { announceWords, byId, element, word } from "./dom.js";

// Shorter waits are not worth a word.
const SAYS_SEARCHING_AFTER = 300;
const SAYS_STILL_AFTER = 5000;

// In place of an answer.
export function tell(...parts) {
  byId("status").replaceChildren(...parts);
}

export function waits(controller) {
  const stop = element("button", { type: "button", id: "stop", textContent: word("stop") });
  stop.addEventListener("click", () => controller.abort());
  const line = element("p", { className: "busy", textContent: word("searching") });
  const list = element("ul");
  const passed = element("div", { className: "passed", hidden: true }, element("p", { textContent: word("checkedSoFar") }), list);
  const isOn = () => line.isConnected;
  const show = () => { if (!isOn()) tell(line, stop, passed); };
  const say = (key) => {
    show();
    line.textContent = word(key);
    announceWords(word(key));
  };
  let soon = setTimeout(() => say("searching"), SAYS_SEARCHING_AFTER);
  let late = setTimeout(() => say("stillWorking"), SAYS_STILL_AFTER);
  return {
    checks() {
      clearTimeout(soon);
      say("checking");
    },
    // Not spoken: the whole answer is, once, when it has come.
    shows(html) {
      clearTimeout(soon);
      clearTimeout(late);
      show();
      line.textContent = word("checking");
      passed.hidden = false;
      list.insertAdjacentHTML("beforeend", html);
    },
    startsAgain() {
      list.replaceChildren();
      passed.hidden = true;
      clearTimeout(late);
      late = setTimeout(() => say("stillWorking"), SAYS_STILL_AFTER);
    },
    ends() {
      clearTimeout(soon);
      clearTimeout(late);
    },
  };
}
