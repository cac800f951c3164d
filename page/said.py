"""The sentences of one answer as HTML: notices in a band, own words with their marks, exact words of documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, groupby
from urllib.parse import urlsplit

from assistant.answer import Answer, Sentence
from assistant.language import detect_language
from assistant.texts import say
from page.citation_button import Numbers, citation_button, citation_mark, named
from page.texts import ENGLISH, label, tag
from page.words import Use, first_uses, meanings, other_words, with_words

# What the library or a newer page answers: the point of the answer, set off from the lines around it.
_OWN_ANSWERS = ("prepared", "update", "definition")
# What prepared answers say at once of the documents, shared among those that an answer is made of; the rest stands
# behind a tap, but at least two sentences of each do not, and what is newer than the documents never does.
_SHOWN_CHARS = 420
_MIN_SHOWN = 2
# A rest of one sentence is not worth a tap.
_MIN_REST = 2
# A summary is no introduction.
_COLONS = ":：՝៖ "
_ENDED = re.compile(r"^(.{2,60}?) ended\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, the words of the field that are first used in it, and whether it is the point of the answer."""

    sentence: Sentence
    uses: tuple[Use, ...] = ()
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says, as HTML."""

    said: str
    """In the order of the answer; without exact words where it has words of its own."""
    folded: str
    """What stands behind a tap each: exact words, the English of a translation, words of the field in no sentence."""


Parts = Sequence[frozenset[str]]
"""The English sentences of each prepared answer that an answer is made of."""


def told(answer: Answer, turn: int, parts: Parts = ()) -> Told:
    """The sentences of an answer; on a phone its point and whom to call are not pushed away by what backs them."""
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    return _Teller(answer, turn, numbers, parts).told()


def passed_line(sentence: Sentence) -> str:
    """A sentence of a chat model that has passed every check, before the answer that will hold it is whole."""
    sources = ", ".join(dict.fromkeys(named(citation) for citation in sentence.citations))
    language = detect_language(sentence.text) if sentence.english else ENGLISH
    return (
        f'<li><span lang="{escape(tag(language))}" dir="auto">{escape(sentence.text)}</span> '
        f'<span class="passed-source" lang="en" dir="ltr">{escape(sources)}</span></li>'
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    answer: Answer
    turn: int
    numbers: Numbers
    parts: Parts

    def told(self) -> Told:
        lines = self._lines()
        is_own = any(sentence.kind in _OWN_ANSWERS for sentence in self.answer.sentences)
        exact = self._exact() if is_own else frozenset()
        rest = self._rest()
        shown = [
            ("more" if at in rest else line.sentence.kind, line) for at, line in enumerate(lines) if at not in exact
        ]
        parts = groupby(shown, key=lambda each: each[0])
        said = "".join(self._part(kind, [line for _, line in part]) for kind, part in parts)
        quoted = "".join(self._line(line) for at, line in enumerate(lines) if at in exact)
        used = {use.word for line in lines for use in line.uses}
        others = [word for number, word in enumerate(self.answer.words) if number not in used]
        language = self.answer.language
        folded = (
            _fold("exact", label("exact_words", language), quoted),
            self._english(),
            other_words(others, language),
        )
        return Told(said, "".join(folded))

    def _exact(self) -> frozenset[int]:
        """Which sentences are exact words, or only introduce them."""
        language = self.answer.language
        introduces = {say(key, language) for key in ("nearest", "english_quotes")}
        found: set[int] = set()
        for at, sentence in reversed(list(enumerate(self.answer.sentences))):
            if sentence.kind == "quote" or (sentence.text in introduces and at + 1 in found):
                found.add(at)
        return frozenset(found)

    def _rest(self) -> frozenset[int]:
        """Which sentences of long prepared answers stand behind a tap."""
        own = [at for at, each in enumerate(self.answer.sentences) if each.kind in _OWN_ANSWERS]
        of_part = [[at for at in own if self._part_of(at) == part] for part in range(-1, len(self.parts))]
        most = _SHOWN_CHARS / max(1, sum(map(bool, of_part)))
        rests = (self._after(part, most) for part in of_part)
        return frozenset(at for rest in rests if len(rest) >= _MIN_REST for at in rest)

    def _part_of(self, at: int) -> int:
        sentence = self.answer.sentences[at]
        english = sentence.english or sentence.text
        return next((number for number, part in enumerate(self.parts) if english in part), -1)

    def _after(self, part: Sequence[int], most: float) -> list[int]:
        """The sentences of a part after those that fit."""
        said = accumulate(len(self.answer.sentences[at].text) for at in part)
        fitting = sum(length <= most for length in said)
        return [at for at in part[max(_MIN_SHOWN, fitting) :] if self.answer.sentences[at].kind == "prepared"]

    def _english(self) -> str:
        """The English of what was translated, sentence by sentence."""
        lines = dict.fromkeys(each.english for each in self.answer.sentences if each.english)
        html = "".join(f'<p class="english" lang="en" dir="ltr">{escape(line)}</p>' for line in lines)
        return _fold("beside", say("english_beside", self.answer.language).rstrip(_COLONS), html)

    def _lines(self) -> list[_Line]:
        sentences = self.answer.sentences
        own = [sentence.text if sentence.kind in _OWN_ANSWERS else "" for sentence in sentences]
        uses = first_uses(own, [name for name, _ in self.answer.words])
        point = self._point()
        return [_Line(sentence, uses[at], at == point) for at, sentence in enumerate(sentences)]

    def _point(self) -> int:
        """Which sentence is the point: the first after the notices, if it is none of the documents; else -1."""
        first = next((at for at, each in enumerate(self.answer.sentences) if each.kind != "notice"), -1)
        return -1 if first in self._exact() else first

    def _part(self, kind: str, lines: Sequence[_Line]) -> str:
        if kind == "notice":
            return self._band([line.sentence for line in lines])
        pages = [(line.sentence.note, line.sentence.url) for line in lines]
        # One page is named once, after the last of the sentences that rest on it.
        ends = [at + 1 == len(pages) or pages[at + 1] != page for at, page in enumerate(pages)]
        html = "".join(
            self._line(line) + (_origin(line.sentence) if is_end else "")
            for line, is_end in zip(lines, ends, strict=True)
        )
        return _fold("more", label("more_answer", self.answer.language), html) if kind == "more" else html

    def _band(self, notices: Sequence[Sentence]) -> str:
        """It names what ended, so that it can't be taken for the program that was asked about."""
        ended = next((match[1] for each in notices if (match := _ENDED.match(each.english or each.text))), "")
        language = self.answer.language
        title = label("has_ended", language, name=ended) if ended else label("please_note", language)
        lines = "".join(self._line(_Line(notice)) for notice in notices)
        return f'<div class="notice"><p class="notice-title say">{escape(title)}</p>{lines}</div>'

    def _line(self, line: _Line) -> str:
        sentence = line.sentence
        return self._quote(sentence) if sentence.kind == "quote" else self._written(line)

    def _quote(self, sentence: Sentence) -> str:
        # A list's items begin with a bullet, or with the sign for items left out before them.
        head, *items = re.split(r"\s*•\s+|\s+(?=… )", f"“{sentence.text}”")
        listed = f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""
        documents = groupby(sentence.citations, key=lambda citation: (citation.source_id, citation.page))
        language = self.answer.language
        buttons = "".join(citation_button(list(cited), self.numbers, self.turn, language) for _, cited in documents)
        return f'<blockquote class="say" lang="en" dir="ltr"><p>{escape(head)}</p>{listed}</blockquote>{buttons}'

    def _written(self, line: _Line) -> str:
        sentence, uses = line.sentence, line.uses
        marks = "".join(
            f" {citation_mark(citation, self.numbers, self.turn, self.answer.language)}"
            for citation in sentence.citations
        )
        kind = f"said {sentence.kind}" if line.is_point or sentence.kind in _OWN_ANSWERS else "aside"
        point = " point" if line.is_point else ""
        words = f'<span class="say">{with_words(sentence.text, uses, self.turn)}</span>'
        explained = meanings(uses, self.answer.words, self.turn)
        return f'<p class="{kind}{point}">{words}{marks}</p>{explained}'


def _fold(name: str, title: str, html: str) -> str:
    """What stands behind a tap; opened where there is room, and on paper."""
    return f'<details class="{name}"><summary>{escape(title)}</summary>{html}</details>' if html else ""


def _origin(sentence: Sentence) -> str:
    """Of what rests on a page: whose page, from when, and its address."""
    if not sentence.note:
        return ""
    host = urlsplit(sentence.url).hostname or ""
    is_page = host and sentence.url.startswith(("https://", "http://"))
    link = f'<a href="{escape(sentence.url)}" rel="noreferrer">{escape(host)}</a>' if is_page else escape(sentence.url)
    return f'<p class="origin">{escape(sentence.note)} {link}</p>'
