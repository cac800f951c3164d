"""Words of the field in an answer, each with its meaning behind one tap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from page.texts import label


@dataclass(frozen=True, slots=True)
class Use:
    """Where a word of the field stands in a text, and which of the answer's words it is."""

    start: int
    end: int
    word: int


def first_uses(texts: Sequence[str], names: Sequence[str]) -> tuple[tuple[Use, ...], ...]:
    """For each text, the names that stand in it and in no text before it, in order and none within another."""
    left = dict(enumerate(names))
    found = []
    for text in texts:
        taken: list[Use] = []
        # The longest first, so that a name that holds another one is found whole.
        for word, name in sorted(left.items(), key=lambda each: -len(each[1])):
            match = re.search(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", text, re.IGNORECASE)
            if match and all(match.end() <= use.start or use.end <= match.start() for use in taken):
                taken.append(Use(match.start(), match.end(), word))
        for use in taken:
            del left[use.word]
        found.append(tuple(sorted(taken, key=lambda use: use.start)))
    return tuple(found)


def with_words(text: str, uses: Sequence[Use], turn: int) -> str:
    """The text as HTML, its words of the field as buttons that show what they mean.

    A <button> is a box that can't be broken over lines and parts from the bracket before it; these run with the text.
    """
    parts, at = [], 0
    for use in uses:
        name = escape(text[use.start : use.end])
        parts.append(
            f'{escape(text[at : use.start])}<span role="button" tabindex="0" class="word" aria-expanded="false" '
            f'aria-controls="word-{turn}-{use.word}">{name}</span>'
        )
        at = use.end
    return "".join(parts) + escape(text[at:])


def meanings(uses: Sequence[Use], words: Sequence[tuple[str, str]], turn: int) -> str:
    """What the words of one text mean, hidden until they are pressed."""
    return "".join(
        f'<p class="meaning" id="word-{turn}-{use.word}" hidden><b>{escape(words[use.word][0])}</b>: '
        f"{escape(words[use.word][1])}</p>"
        for use in uses
    )


def other_words(words: Sequence[tuple[str, str]], language: str) -> str:
    """What words mean that stand in no text as they are named, behind one tap."""
    if not words:
        return ""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(meaning)}</dd></div>" for name, meaning in words)
    title = f"{label('meaning', language)}: {', '.join(name for name, _ in words)}"
    return f'<details class="words"><summary>{escape(title)}</summary><dl>{rows}</dl></details>'
