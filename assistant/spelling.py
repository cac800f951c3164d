"""Misspelt words of an English question, set right where that is sure. The only module that uses symspellpy.

A word is left alone when it is in symspellpy's list of 82,765 English words (which holds 99% of the thousand commonest
names of people), in the corpus or the library, a county or a plan, short, in capitals, or after a title of a person.
Only words that the library's questions or everyday English use are put in its place.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from math import log10
from typing import Any

from assistant.glossary import any_of, key_of
from ingest.knowledge import Term

# Of a word this short only swapped letters are set right ("teh"); of a shorter one nothing.
_SHORTEST = 3
# Two slips are one too many for a short word: "shots" is two from "short", "shops" and "shows".
_TWO_SLIPS_FROM = 8
_EVERYDAY_WORDS = 15_000
# A word that the library's own questions use is meant rather than one of everyday English that is as near.
_OWN_WEIGHT = 1.5
_SAME_LETTERS, _SAME_START = 2.0, 1.0
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_UNTOUCHED = re.compile(
    r"\[number removed\]|\S*[@\d/_]\S*|\w+(?:\.\w+)+"
    r"|\b(?i:dr|doctor|mr|mrs|ms|miss|nurse|named|called|name is|name's)\.? +\S+"
)
# Health plans that Californians name; a word of theirs is no slip.
_PLANS = (
    "kaiser permanente molina anthem aetna humana wellcare scan alignment caloptima cencal calviva iehp partnership "
    "centene optum cigna covered medi-cal lacare healthnet oncare oneca ucare"
)


class Spelling:
    """Sets misspelt words right, knowing the terms and words of a corpus; its lists are made ready at first use."""

    def __init__(self, terms: Sequence[Term] = (), texts: Iterable[str] = (), asks: Iterable[str] = ()) -> None:
        """Know the terms, the words of texts that are spelt right, and of people's questions those that are English."""
        # Of several words only the joined ones are slips that the encoders do not read as well themselves.
        slips = {slip: _name_meant(slip, term) for term in terms for slip in term.misspellings if " " not in slip}
        self._slips = {key_of(slip): name for slip, name in slips.items()}
        self._slip = any_of(slips)
        self._right = frozenset(word for text in texts for word in _words(text))
        self._right |= {word for term in terms for name in term.names for word in (*_words(name), _joined(name))}
        self._often = Counter(word for ask in asks for word in _words(ask))
        self._known: frozenset[str] = frozenset()
        self._near: Any = None
        self._lock = threading.Lock()

    def known_slips(self, text: str) -> str:
        """The text with the known misspellings of terms set right, in any language.

        Spelling out abbreviations as well was tried and changed no source found on the development cases.
        """
        return self._slip.sub(lambda match: self._slips[key_of(match[0])], text) if self._slip else text

    def corrected(self, text: str) -> str:
        """An English text with its misspelt words set right; all else stays as it was typed."""
        kept = [(match.start(), match.end()) for match in _UNTOUCHED.finditer(text)]

        def mended(match: re.Match[str]) -> str:
            is_kept = any(start <= match.start() < end for start, end in kept)
            return match[0] if is_kept else self._meant(match[0], is_first=match.start() == 0)

        return _WORD.sub(mended, text)

    def _meant(self, word: str, *, is_first: bool) -> str:
        self._load()
        low = word.lower()
        is_name = not is_first and word[0].isupper()
        if len(low) < _SHORTEST or is_name or word.isupper() or self._is_known(low):
            return word
        found = self._near.lookup(low, 1, max_edit_distance=2 if len(low) >= _TWO_SLIPS_FROM else 1)
        if len(low) == _SHORTEST:
            found = [each for each in found if sorted(each.term) == sorted(low)]
        best = max(found, key=lambda each: self._likely(low, each)).term if found else low
        return best.capitalize() if word[0].isupper() else best

    def _is_known(self, word: str) -> bool:
        bare = re.sub(r"['’]s?$", "", word)
        return not self._known.isdisjoint((word, bare, word.replace("’", "'"), re.sub(r"['’]", "", word)))

    def _likely(self, typed: str, found: Any) -> float:
        own = _OWN_WEIGHT * log10(1 + self._often[found.term])
        same = _SAME_LETTERS * (sorted(typed) == sorted(found.term)) + _SAME_START * (typed[0] == found.term[0])
        return float(own + same + 0.5 * log10(found.count))

    def _load(self) -> None:
        with self._lock:
            if self._near is not None:
                return
            from symspellpy import SymSpell

            near, counts = SymSpell(2), _everyday()
            contracted = {_joined(word) for word in self._often if not word.isalpha()}
            self._known = frozenset((*counts, *self._right, *_words(_PLANS), *contracted))
            asked = {word for word in self._often if word in counts}
            for word in dict.fromkeys((*[*counts][:_EVERYDAY_WORDS], *asked, *self._right)):
                near.create_dictionary_entry(word, max(counts.get(word, 0), 1))
            self._near = near


def _joined(words: str) -> str:
    """As people write them in haste: "dsnp", "dont"."""
    return re.sub(r"\W", "", words.lower())


def _everyday() -> dict[str, int]:
    """The words of symspellpy's list and how often they are used, most used first."""
    rows = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").splitlines()
    counts = {word: int(count) for word, count in (row.split() for row in rows)}
    return dict(sorted(counts.items(), key=lambda each: -each[1]))


def _words(text: str) -> list[str]:
    return [word for found in _WORD.findall(text.lower()) for word in {found, re.sub(r"['’]s?$", "", found)} if word]


@lru_cache(maxsize=4096)
def _name_meant(slip: str, term: Term) -> str:
    """The correct name that a misspelling is nearest to."""
    return max(term.names, key=lambda name: SequenceMatcher(None, slip.lower(), name.lower()).ratio())
