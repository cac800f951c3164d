"""Whether a written text is one whole sentence that can be read by itself, before anything is asked of its truth.

Each rule stands for what a model of 135 million parameters got past the other checks: halves of sentences, list items,
a "they" or "the plan" of a sentence that was not shown, and words in circles.
"""

import re
from collections import Counter

MIN_WORDS = 4
# Runs of so many words, and how often one may stand in a sentence.
_RUNS = ((3, 1), (2, 2))
_WHOLE = re.compile(r"[“\"(]?[A-Z0-9].*[.!][”\")]*$", re.S)
# Words that end no sentence, and abbreviations that a sentence was cut off behind.
_CUT_OFF = re.compile(r"\b(?:and|or|the|a|an|of|to|in|for|with|by|including|such as|L\.A|Dr|St|vs|No)\.$", re.I)
_LEANS = re.compile(
    r"(?:it|they|them|this|these|that|those|he|she|his|her|their|its|such|both|which|here|there"
    r"|the (?:plan|program)s?)\b",
    re.I,
)
_WORD = re.compile(r"[a-z][a-z’'-]{2,}")


def fault_of_form(text: str) -> str:
    """Why the text can't stand by itself, in a word; empty if it can."""
    if "…" in text or "..." in text or not _WHOLE.match(text) or _CUT_OFF.search(text) or len(text.split()) < MIN_WORDS:
        return "half"
    if _LEANS.match(text):
        return "leans"
    return "circle" if _goes_in_circles(text) else ""


def _goes_in_circles(text: str) -> bool:
    words = _WORD.findall(text.lower())
    for length, most in _RUNS:
        runs = Counter(zip(*(words[at:] for at in range(length)), strict=False))
        if max(runs.values(), default=0) > most:
            return True
    return False
