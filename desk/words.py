"""What an agent types -> the words to rank by, the phrases that must stand as typed, and what to mark in a text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from assistant.glossary import Glossary
from ingest.support import COMMON

_PHRASE = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_ENDING = re.compile(r"(?:ations?|ments?|ings?|ies|ied|ed|es|s|y|e)$")
# A word that is still being typed stands for the most frequent words that begin with it. Eight finish almost any
# three letters in the shipped corpus; each more makes the first results less sure.
_FINISHED = 8
_MIN_BEGUN = 2
# A shorter root marks too much: "plan" is found in "planned", but "car" is not in "carved".
_MIN_ROOT = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for."""

    text: str
    """What to rank by: the words, what abbreviations stand for, and what the last word may become."""
    phrases: tuple[re.Pattern[str], ...]
    """What must stand in an item as typed, whatever its case, white space, quotation marks and dashes."""
    needed: tuple[re.Pattern[str], ...]
    """What each typed word finds: its other forms, and what it stands for."""
    marks: re.Pattern[str] | None
    """What to mark in a text: phrases whole and not their words; None where nothing was typed that can be found."""


class Vocabulary:
    """The words of all texts, to finish what is being typed."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(word for text in texts for word in _tokens(text))
        self._words = sorted(self._counts)

    def finished(self, begun: str) -> list[str]:
        """The most frequent words that begin so, a whole word among them."""
        at = bisect_left(self._words, begun)
        found = takewhile(lambda word: word.startswith(begun), self._words[at:])
        return sorted(found, key=lambda word: -self._counts[word])[:_FINISHED]


def sought(typed: str, glossary: Glossary, vocabulary: Vocabulary) -> Sought:
    """What the typed words look for; abbreviations also sought in full, the smallest words of English not at all."""
    phrases = [phrase for phrase in _PHRASE.findall(typed) if phrase.strip()]
    loose = _PHRASE.sub(" ", typed)
    words = [word for word in _tokens(loose) if word not in COMMON]
    begun = words[-1] if words and len(words[-1]) >= _MIN_BEGUN and loose.lower().endswith(words[-1]) else ""
    terms = {name.lower(): term.names for term in glossary.terms_in(loose) for name in term.names}
    names = [name for term in glossary.terms_in(loose) for name in term.names]
    patterns = {
        word: _any_of(*map(_spaced, terms.get(word, ())), _begun(word) if word == begun else _loose(word))
        for word in words
    }
    finished = vocabulary.finished(begun) if begun else []
    exact = [_spaced(each) for each in sorted((*phrases, *names), key=len, reverse=True)]
    return Sought(
        " ".join((*phrases, *words, *finished, *names)),
        tuple(re.compile(_any_of(_spaced(phrase)), re.I) for phrase in phrases),
        tuple(re.compile(pattern, re.I) for pattern in patterns.values()),
        re.compile(_any_of(*exact, *patterns.values()), re.I) if exact or patterns else None,
    )


def marked(text: str, marks: re.Pattern[str] | None) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it was looked for; joined they are the text."""
    at = 0
    for match in marks.finditer(text) if marks else ():
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def _tokens(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _TOKEN.findall(text)]


def _any_of(*patterns: str) -> str:
    return rf"(?<!\w)(?:{'|'.join(dict.fromkeys(patterns))})"


def _begun(word: str) -> str:
    return rf"{re.escape(word)}\w*"


def _loose(word: str) -> str:
    """A word also in its other forms: "transfers" finds "transferred"."""
    root = _ENDING.sub("", word)
    if len(root) < _MIN_ROOT:
        return rf"{re.escape(word)}(?:'?s)?(?!\w)"
    return rf"{re.escape(root)}\w{{0,5}}(?!\w)"


def _spaced(phrase: str) -> str:
    """A phrase with any white space between its words, and any kind of quotation mark and dash in it."""
    folded = phrase.translate(str.maketrans("‘’“”–—", "''\"\"--"))
    plain = r"\s+".join(re.escape(word) for word in folded.split())
    return plain.replace("'", "['‘’]").replace('"', '["“”]').replace(r"\-", "[-–—]") + r"(?!\w)"
