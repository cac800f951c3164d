// Small things that every part of the page needs.

export const byId = (id) => document.getElementById(id);

export const word = (name) => byId("words").dataset[name];

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function focusOn(target, inView = target) {
  target.focus({ preventScroll: true });
  inView.scrollIntoView({ block: "start" });
}

// What an answer says, in order, each part with its language; not its buttons, and not what backs it behind a tap.
export function saidIn(part) {
  const said = [...part.querySelectorAll(".say")].filter((each) => !each.closest("details:not(.more, .others), [hidden]"));
  return said.map((each) => ({
    element: each,
    text: each.textContent.replace(/\s+/g, " ").trim(),
    language: each.closest("[lang]").lang,
  }));
}

let clearing = 0;

// Screen readers speak it once and whole: the region is filled in one step, and emptied when it has been spoken.
export function announce(lines) {
  clearTimeout(clearing);
  const said = lines.map(({ text, language }) => element("p", { textContent: text, lang: language || "" }));
  byId("announcer").replaceChildren(...said);
  clearing = setTimeout(() => byId("announcer").replaceChildren(), 30000);
}

export const announceWords = (text) => announce([{ text, language: document.documentElement.lang }]);
