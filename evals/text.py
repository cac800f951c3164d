"""How texts are compared: one normal form, the words in order, and how much of one text another holds."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.records import join_words

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "‟": '"', "″": '"'})


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """`text` in Unicode NFKC, with ASCII digits, straight quotation marks and single blanks."""
    # Primes turn into quotation marks before NFKC would take a double one apart.
    folded = unicodedata.normalize("NFKC", text.translate(_STRAIGHT)).translate(_STRAIGHT)
    digits = folded if folded.isascii() else "".join(map(_ascii_digit, folded))
    return join_words(digits)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of the normalised text, case-blind, without punctuation."""
    return tuple(re.findall(r"\w+", normalise(text).casefold()))


def common_in_order(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence, by one addition on bit vectors for each word of `second`."""
    masks: dict[str, int] = {}
    for at, word in enumerate(first):
        masks[word] = masks.get(word, 0) | 1 << at
    whole = (1 << len(first)) - 1
    rest = whole
    for word in second:
        met = rest & masks.get(word, 0)
        rest = ((rest + met) | (rest - met)) & whole
    return len(first) - rest.bit_count()


@lru_cache(maxsize=1 << 16)
def share_held(quote: str, text: str) -> float:
    """The share, 0 to 1, of the quote's words that `text` holds in order; 0 for a quote without words."""
    wanted = words(quote)
    return common_in_order(wanted, words(text)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=1 << 16)
def overlap(first: str, second: str) -> float:
    """The share of the shorter text's words that the longer one holds in order."""
    shorter, longer = sorted((first, second), key=lambda text: len(words(text)))
    return share_held(shorter, longer)


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
