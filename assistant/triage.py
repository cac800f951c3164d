"""What must be caught before anything else: words of an emergency or of self-harm, and the fixed text said back.

The signs of each language are data, in triage.toml; this module alone knows how they are read.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

from ingest.texts import fixed_text, speaks

EMERGENCY = "emergency"
CRISIS = "crisis"

_LISTS = ("certain", "likely", "excuses")
_TABLE = Path(__file__).with_name("triage.toml")

# Latin, Arabic and Armenian marks that people leave out or add; blanks and joiners of no width; the Arabic stretcher.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u055b\u055c\u055e\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u00b4`]")
_SENTENCE_END = re.compile("[.!?;\u2026\u3002\u061f\u061b\u06d4\u0589\u17d4\n\r]+")
_BETWEEN_WORDS = re.compile(r"[^\w\n]+|_")
_JOINED_AWAY = re.compile(r"[^\S\n]+|[,\u060c\u3001\uff0c\"()\-]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
# One letter typed in two ways, and digits of other scripts.
_SAME_LETTERS = str.maketrans(
    {"\u0111": "d", "\u06cc": "\u064a", "\u0649": "\u064a", "\u06a9": "\u0643"}
    | {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x17E0) for digit in range(10)}
)
# A subscript that looks the same whichever of two Khmer letters it is typed with.
_KHMER_SUBSCRIPT = ("\u17d2\u178a", "\u17d2\u178f")
# Shorter words have too many real neighbours one letter away; no longer word is listed.
_SHORTEST_RESPELLED, _LONGEST_RESPELLED = 5, 16


@dataclass(frozen=True, slots=True)
class Alarm:
    """kind: "emergency" or "crisis"; language: of the words that were caught, and of the text to say."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class _Speech:
    """One language, in one way of reading it."""

    language: str
    view: str
    script: re.Pattern[str]
    letters: frozenset[str]
    rewrites: Mapping[str, str]
    spelling: Mapping[str, str]
    signs: Mapping[str, Mapping[str, str]]
    """For each kind: certain phrases; likely ones, unless the same sentence holds an excuse; and the excuses."""


def triage(message: str) -> Alarm | None:
    """The alarm that a raw message raises, in its own language, or None; self-harm goes before an emergency."""
    message = unicodedata.normalize("NFKC", message)
    said = _said(message)
    for kind in (CRISIS, EMERGENCY):
        speeches = [speech for speech, kinds in said if kind in kinds]
        if speeches:
            speech = max(speeches, key=lambda each: sum(letter in each.letters for letter in message))
            is_hurt = kind == CRISIS and any(EMERGENCY in kinds for _, kinds in said)
            return Alarm(kind, speech.language, _text("hurt" if is_hurt else kind, speech.language))
    return None


def alarm_of(kind: str, language: str) -> Alarm:
    """The alarm ("crisis", "emergency", or "hurt" for both) of a message that raised it without the signs' words.

    In English where there is no text in its language.
    """
    spoken = language if speaks(language) else "en"
    return Alarm(CRISIS if kind == "hurt" else kind, spoken, _text(kind, spoken))


def _text(kind: str, language: str) -> str:
    return fixed_text(f"triage.{kind}", language)


def _said(message: str) -> list[tuple[_Speech, frozenset[str]]]:
    views: dict[str, str] = {}
    said = []
    for speech in _speeches():
        if speech.script.search(message):
            if speech.view not in views:
                views[speech.view] = _viewed(message, speech.view)
            text = _respelled(views[speech.view], speech)
            said.append((speech, frozenset(kind for kind in speech.signs if _shows(speech, kind, text))))
    return said


def _shows(speech: _Speech, kind: str, text: str) -> bool:
    certain, likely, excuses = (partial(_pattern, speech.signs[kind][name], speech.view) for name in _LISTS)
    if certain().search(text):
        return True
    if not likely().search(text):
        return False
    return any(likely().search(line) and not excuses().search(line) for line in text.split("\n"))


def _viewed(text: str, view: str) -> str:
    """The text as one sentence a line: blank-separated words with a blank at both ends, or no blanks at all."""
    if view == "unmarked" and not text.isascii():
        return ""
    text = _STRETCHED.sub(r"\1", _SENTENCE_END.sub("\n", _folded(text, keeps_marks=view == "marked")))
    if view == "joined":
        return _JOINED_AWAY.sub("", text)
    words = _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", text))
    return "\n".join(dict.fromkeys(f" {line.strip()} " for line in words.split("\n")))


def _folded(text: str, *, keeps_marks: bool) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    if keeps_marks:
        return _UNSEEN.sub("", text)
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    return text.translate(_SAME_LETTERS).replace(*_KHMER_SUBSCRIPT)


def _respelled(text: str, speech: _Speech) -> str:
    nearest = {typed: _nearest(typed, speech.spelling) for typed in set(text.split())} if speech.spelling else {}
    if any(typed != word for typed, word in nearest.items()):
        text = "\n".join(" ".join(nearest.get(typed, typed) for typed in line.split(" ")) for line in text.split("\n"))
    if not speech.rewrites:
        return text
    return _rewriting(frozenset(speech.rewrites)).sub(lambda match: " " + speech.rewrites[match[1]], text)


def _nearest(word: str, spelling: Mapping[str, str]) -> str:
    """The listed word that this one is a slip of the finger away from, else the word itself."""
    if not _SHORTEST_RESPELLED <= len(word) <= _LONGEST_RESPELLED:
        return word
    return next((spelling[key] for key in (word, *_with_one_left_out(word)) if key in spelling), word)


def _with_one_left_out(word: str) -> tuple[str, ...]:
    # The first letter is seldom wrong, and keeping it tells "smoking" from "choking".
    return tuple(word[:place] + word[place + 1 :] for place in range(1, len(word)))


@cache
def _rewriting(phrases: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f" ({'|'.join(sorted(phrases, key=len, reverse=True))})(?= )")


@cache
def _speeches() -> tuple[_Speech, ...]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(_speech(entry, view) for entry in table.values() for view in entry["views"])


def _speech(entry: Mapping[str, Any], view: str) -> _Speech:
    return _Speech(
        language=entry["language"],
        view=view,
        script=re.compile(f"[{entry['script']}]"),
        letters=frozenset(entry.get("letters", "")),
        rewrites=entry.get("rewrites", {}),
        spelling=_slips(entry.get("spelling", "").split(), entry.get("left_alone", "").split()),
        signs={kind: entry[kind] for kind in (EMERGENCY, CRISIS)},
    )


def _slips(words: list[str], left_alone: list[str]) -> dict[str, str]:
    slips = {slip: word for word in words for slip in _with_one_left_out(word)}
    return slips | {word: word for word in words + left_alone}


@cache
def _pattern(lines: str, view: str) -> re.Pattern[str]:
    """One pattern for a list of phrases, one a line; how they are written is told at the top of triage.toml."""
    lines = _folded(lines, keeps_marks=view == "marked")
    if view == "joined":
        return re.compile(_by_first_letter(lines.replace("~", r"[^\n]{0,8}").splitlines()))
    lines = lines.replace("~~", r"(?:\w+ ){0,8}").replace("~", r"(?:\w+ ){0,4}").replace("_", r"\w*")
    return re.compile(f" (?:{_by_first_letter(lines.splitlines())}) ")


def _by_first_letter(phrases: list[str]) -> str:
    """The same alternatives, sorted by letter: five times faster to search, as most fail on their first letter."""
    others, by_letter = [], dict[str, list[str]]()
    for phrase in chain.from_iterable(_beginnings(each.strip()) for each in phrases if each.strip()):
        if phrase[0].isalnum() and phrase[1:2] not in ("?", "{"):
            by_letter.setdefault(phrase[0], []).append(phrase[1:])
        else:
            others.append(phrase)
    return "|".join([f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()] + others)


def _beginnings(phrase: str) -> list[str]:
    """The phrase once for each alternative of its leading group, if it has one."""
    depths = list(accumulate((letter == "(") - (letter == ")") for letter in phrase))
    end = depths.index(0)
    if not phrase.startswith("(?:") or phrase[end + 1 : end + 2] in ("?", "{"):
        return [phrase]
    bars = [place for place in range(end) if depths[place] == 1 and phrase[place] == "|"]
    inside = [phrase[start + 1 : stop] for start, stop in pairwise([2, *bars, end])]
    return [beginning for each in inside for beginning in _beginnings(each + phrase[end + 1 :])]
