"""The sentences of one answer as HTML: notices in a band, own words with their marks, exact words of documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from assistant.answer import Answer, Sentence
from assistant.texts import say
from page.citation_button import Numbers, citation_button, citation_mark
from page.texts import ENGLISH, label
from page.words import Use, first_uses, meanings, other_words, with_words

# What the library or a newer page answers: the point of the answer, set off from the lines around it.
_OWN_ANSWERS = ("prepared", "update", "definition")
_ENDED = re.compile(r"^(.{2,60}?) ended\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, the words of the field that are first used in it, and whether it is the point of the answer."""

    sentence: Sentence
    uses: tuple[Use, ...] = ()
    is_point: bool = False


def told(answer: Answer, turn: int) -> str:
    """The sentences in the order of the answer, then its words of the field that stand in none of them.

    Exact words stand behind one tap where the answer has words of its own: the point comes first.
    """
    return _Teller(answer, turn, {citation: number for number, citation in enumerate(answer.citations, 1)}).told()


@dataclass(frozen=True, slots=True)
class _Teller:
    answer: Answer
    turn: int
    numbers: Numbers

    def told(self) -> str:
        lines = self._lines()
        parts = groupby(lines, key=lambda line: self._kind(line.sentence))
        used = {use.word for line in lines for use in line.uses}
        others = [word for number, word in enumerate(self.answer.words) if number not in used]
        return "".join(self._part(kind, list(lines)) for kind, lines in parts) + other_words(
            others, self.answer.language
        )

    def _lines(self) -> list[_Line]:
        sentences = self.answer.sentences
        own = [sentence.text if sentence.kind in _OWN_ANSWERS else "" for sentence in sentences]
        uses = first_uses(own, [name for name, _ in self.answer.words])
        point = self._point()
        return [_Line(sentence, uses[at], at == point) for at, sentence in enumerate(sentences)]

    def _point(self) -> int:
        """Which sentence is the point: the first after the notices, if it is none of the documents; else -1."""
        first = next((at for at, each in enumerate(self.answer.sentences) if each.kind != "notice"), -1)
        return -1 if first < 0 or self._kind(self.answer.sentences[first]) == "quote" else first

    def _kind(self, sentence: Sentence) -> str:
        """Which sentences stand together: notices, exact words with what introduces them, and the others."""
        language = self.answer.language
        is_introduction = language != ENGLISH and sentence.text == say("english_quotes", language)
        return "quote" if sentence.kind == "quote" or is_introduction else sentence.kind

    def _part(self, kind: str, lines: Sequence[_Line]) -> str:
        if kind == "notice":
            return self._band([line.sentence for line in lines])
        html = "".join(map(self._line, lines))
        if kind != "quote" or all(sentence.kind not in _OWN_ANSWERS for sentence in self.answer.sentences):
            return html
        title = escape(label("exact_words", self.answer.language))
        return f'<details class="exact"><summary>{title}</summary>{html}</details>'

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
        buttons = "".join(citation_button(list(cited), self.numbers, self.turn) for _, cited in documents)
        return f'<blockquote class="say" lang="en" dir="ltr"><p>{escape(head)}</p>{listed}</blockquote>{buttons}'

    def _written(self, line: _Line) -> str:
        sentence, uses = line.sentence, line.uses
        marks = "".join(
            f" {citation_mark(citation, self.numbers, self.turn, self.answer.language)}"
            for citation in sentence.citations
        )
        kind = f"said {sentence.kind}" if line.is_point or sentence.kind in _OWN_ANSWERS else "aside"
        point = " point" if line.is_point else ""
        english = f'<p class="english" lang="en" dir="ltr">{escape(sentence.english)}</p>' if sentence.english else ""
        words = f'<span class="say">{with_words(sentence.text, uses, self.turn)}</span>'
        explained = meanings(uses, self.answer.words, self.turn)
        return f'<p class="{kind}{point}">{words}{marks}</p>{explained}{english}{_origin(sentence)}'


def _origin(sentence: Sentence) -> str:
    """Of what rests on a page: whose page, from when, and its address."""
    if not sentence.note:
        return ""
    host = urlsplit(sentence.url).hostname or ""
    is_page = host and sentence.url.startswith(("https://", "http://"))
    link = f'<a href="{escape(sentence.url)}" rel="noreferrer">{escape(host)}</a>' if is_page else escape(sentence.url)
    return f'<p class="origin">{escape(sentence.note)} {link}</p>'
