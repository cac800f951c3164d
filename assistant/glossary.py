"""The words of the field: misspellings set right, and what a word means."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from ingest.knowledge import Term

_WHAT = r"(?:what|whats|what[’']s|wats)"
_ARTICLE = r"(?:(?:an?|the|my|this|that|these|those|some) )?"
_OPENING = r"^(?:(?:so|and|ok|please|hi|hello|can you|could you|tell me|i don[’']?t know|explain) )*"
_KIND = r"(?:(?:word|term|abbreviation|letters?) )?"
# Questions for the meaning of a word and nothing else: in so many words, or perhaps ("what is a formulary").
_MEANS = re.compile(
    rf"{_OPENING}(?:{_WHAT} )?(?:(?:do|does) )?{_ARTICLE}{_KIND}(?P<word>.+?)"
    r" (?:means?|stands? for|meaning|definition)(?: what)?$"
)
_DEFINE = re.compile(
    rf"{_OPENING}(?:{_WHAT} (?:is )?(?:the )?)?(?:define|meaning of|definition of|meant by)"
    rf" {_ARTICLE}{_KIND}(?P<word>.+)$"
)
_WHAT_IS = re.compile(rf"{_OPENING}(?:{_WHAT}(?: is| are| was| were)? )?{_ARTICLE}(?P<word>.+?)(?: is| are)?$")


# The two programs themselves need no explanation to people who have both.
_KNOWN_TO_ALL = ("medicare", "medi-cal")


class Glossary:
    """The terms of a corpus, ready to be looked for in questions."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {_key(name): term for term in terms for name in (*term.names, *term.misspellings)}
        # Of several words only the joined ones are slips that the encoders do not read as well themselves.
        slips = {slip: _meant(slip, term) for term in terms for slip in term.misspellings if " " not in slip}
        self._names = {_key(name): term for term in terms for name in term.names}
        self._name = _any_of([name for term in terms if term.id not in _KNOWN_TO_ALL for name in term.names])
        self._slips = {_key(slip): name for slip, name in slips.items()}
        self._slip = _any_of(slips)

    def corrected(self, text: str) -> str:
        """The text with known misspellings of terms set right.

        Spelling out abbreviations as well was tried and changed no source found on the development cases.
        """
        return self._slip.sub(lambda match: self._slips[_key(match[0])], text) if self._slip else text

    def terms_in(self, text: str) -> list[Term]:
        """The terms that the text names, in the order in which it does, but those that every reader knows."""
        found = [self._names[_key(match[0])] for match in self._name.finditer(text)] if self._name else []
        return list({term.id: term for term in found}.values())

    def asked_for(self, question: str) -> tuple[Term | None, bool]:
        """The term that the question asks for and nothing else, and whether it asks so in so many words."""
        said = _key(question)
        for pattern, is_plain in ((_DEFINE, True), (_MEANS, True), (_WHAT_IS, False)):
            if (match := pattern.match(said)) and (term := self._terms.get(match["word"])):
                return term, is_plain
        return None, False


def _key(text: str) -> str:
    return " ".join(re.sub(r"[?!.,:;\"“”()]", " ", text.lower()).split())


@lru_cache(maxsize=4096)
def _meant(slip: str, term: Term) -> str:
    """The correct name that a misspelling is nearest to."""
    return max(term.names, key=lambda name: SequenceMatcher(None, slip.lower(), name.lower()).ratio())


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.I) if ordered else None
