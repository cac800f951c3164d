"""The words of the field and what they mean."""

import re
from collections.abc import Iterable, Sequence

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
        self._terms = {key_of(name): term for term in terms for name in (*term.names, *term.misspellings)}
        self._names = {key_of(name): term for term in terms for name in term.names}
        self._name = any_of([name for term in terms if term.id not in _KNOWN_TO_ALL for name in term.names])

    def terms_in(self, text: str) -> list[Term]:
        """The terms that the text names, in the order in which it does, but those that every reader knows."""
        found = [self._names[key_of(match[0])] for match in self._name.finditer(text)] if self._name else []
        return list({term.id: term for term in found}.values())

    def asked_for(self, question: str) -> tuple[Term | None, bool]:
        """The term that the question asks for and nothing else, and whether it asks so in so many words."""
        said = key_of(question)
        for pattern, is_plain in ((_DEFINE, True), (_MEANS, True), (_WHAT_IS, False)):
            if (match := pattern.match(said)) and (term := self._terms.get(match["word"])):
                return term, is_plain
        return None, False


def key_of(text: str) -> str:
    """The text as terms are looked up by: small letters, no punctuation, single blanks."""
    return " ".join(re.sub(r"[?!.,:;\"“”()]", " ", text.lower()).split())


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the words where they stand by themselves; None for no words."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.I) if ordered else None
