"""What a chat model adds to an answer: sentences, each checked before anyone sees it, beside what stands without it.

A prepared answer was checked against its quotes when it was written, so a model is asked only where none fits, or where
a part of the question has none. Prepared sentences stay first and whole, and quotes that no written sentence cites stay
too: nothing that the answer without a model says is lost.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Role, Sentence
from assistant.cite import cite, quote_sentence
from assistant.compose import SAID_ALREADY
from assistant.fit import about
from assistant.limiting import lost_numbers
from assistant.model import ChatModel, Drafted, Given, Proof, passages, writing
from assistant.reply import locate_quote, replies
from assistant.retrieve import Candidate, Evidence
from assistant.translate import translate
from assistant.understand import Asked
from assistant.verify import fault
from ingest.index import Index
from ingest.knowledge import Entry
from ingest.records import join_words
from ingest.support import shared_words

MAX_SENTENCES = 4
# A part of a question is left to its prepared answer when it is that likely to be meant.
COVERED_SHARE = 0.5

log = logging.getLogger(__name__)

Shown = Callable[[Sentence], None]


def is_covered(evidence: Evidence, entries: Sequence[Entry]) -> bool:
    """Whether each part of the question, if it has several, is clearly about one of the entries."""
    return all(any(about(part, entry) >= COVERED_SHARE for entry in entries) for part in evidence.parts)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is left of a drafted sentence: itself, or the words it rests on, quoted, and the check that it failed."""

    sentences: tuple[Sentence, ...]
    fault: str = ""


@dataclass(frozen=True)
class Writer:
    """A chat model at work on one answer; `shown` is called with each written sentence that passed, as it passes."""

    model: ChatModel
    index: Index
    role: Role
    shown: Shown | None = None

    def answer(
        self, asked: Asked, candidates: Sequence[Candidate], without: Sequence[Sentence]
    ) -> tuple[Sentence, ...]:
        """The answer `without` a model with the model's sentences in it; nothing if none is left of them."""
        told = " ".join(each.english or each.text for each in without if each.kind != "quote")
        kept: dict[Sentence, None] = {}
        for new in self._judged(asked, candidates):
            unsaid = [each for each in new.sentences if not told or shared_words(each.text, told) < SAID_ALREADY]
            fresh = [each for each in unsaid if each.kind != "quote" or not _is_cited(each, kept)]
            kept |= dict.fromkeys(fresh)
            if asked.spoken == "en":
                self._show(fresh)
            if len(kept) >= MAX_SENTENCES:
                break
        return self._joined(without, self._spoken(list(kept), asked.spoken)) if kept else ()

    def _judged(self, asked: Asked, candidates: Sequence[Candidate]) -> Iterator[Judged]:
        if not (given := passages(candidates, self.index)):
            return
        for drafted in replies(self.model, writing(asked, given, self.index, self.role), Drafted):
            judged = judge(drafted, given, self.index, self.role)
            if judged.fault:
                log.info("a written sentence is not shown; what it failed: %s", judged.fault)
            yield judged

    def _spoken(self, sentences: Sequence[Sentence], language: str) -> list[Sentence]:
        """The sentences in the reader's language, as far as a translation loses nothing."""
        if language == "en":
            return list(sentences)
        written = [each for each in sentences if each.kind == "written"]
        translated = dict(zip(written, translate(self.model, written, language, self.index), strict=True))
        spoken = [translated.get(each, each) for each in sentences]
        self._show(spoken)
        return spoken

    def _show(self, sentences: Sequence[Sentence]) -> None:
        if self.shown:
            for sentence in sentences:
                if sentence.kind == "written":
                    self.shown(sentence)

    def _joined(self, without: Sequence[Sentence], kept: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """Prepared sentences, then the model's, then the quotes that those do not cite."""
        prepared = [each for each in without if each.kind != "quote"]
        return (*prepared, *kept, *(each for each in without if each.kind == "quote" and not _is_cited(each, kept)))


def judge(drafted: Drafted, given: Sequence[Given], index: Index, role: Role) -> Judged:
    """A drafted sentence with the statements it quotes as its citations, if it passes every check."""
    places = {proof: _given(proof, given, index) for proof in drafted.proof}
    held = list(dict.fromkeys(one for one in places.values() if one))
    sentence = _sentence(drafted.text, held, index)
    failed = "" if held and all(places.values()) else "passage" if _is_astray(drafted, given) else "quote"
    failed = failed or fault(sentence, index.documents, index.knowledge)
    if not failed and role is Role.BENEFICIARY and lost_numbers(sentence.text, " … ".join(one.text for one in held)):
        failed = "lost number"
    return Judged(tuple(_quoted(one, index) for one in held), failed) if failed else Judged((sentence,))


def _given(proof: Proof, given: Sequence[Given], index: Index) -> Given | None:
    """The passage that the proof names, if its quote stands there word for word."""
    one = given[proof.passage - 1] if 1 <= proof.passage <= len(given) else None
    return one if one and locate_quote(proof.quote, one, index.documents[one.candidate.source_id]) else None


def _is_astray(drafted: Drafted, given: Sequence[Given]) -> bool:
    return not drafted.proof or any(not 1 <= proof.passage <= len(given) for proof in drafted.proof)


def _sentence(text: str, held: Sequence[Given], index: Index) -> Sentence:
    citations = [
        cite(index.documents[one.candidate.source_id], span, index.knowledge) for one in held for span in one.spans()
    ]
    return Sentence(join_words(text), "written", tuple(dict.fromkeys(citations)))


def _quoted(given: Given, index: Index) -> Sentence:
    candidate = given.candidate
    return quote_sentence(index.documents[candidate.source_id], [candidate.statement], index.knowledge)


def _is_cited(quote: Sentence, sentences: Iterable[Sentence]) -> bool:
    """Whether all words of a quote are cited by the sentences."""
    cited = [citation for sentence in sentences for citation in sentence.citations]
    return all(any(_overlap(one, other) for other in cited) for one in quote.citations)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.source_id == other.source_id and min(one.end, other.end) > max(one.start, other.start)
