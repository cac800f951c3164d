"""How hard English sentences are to read. The only module that uses textstat."""

import re
from collections.abc import Sequence

# State policy aims at grade 6 for what members read; so do we, for beneficiaries.
GOAL = 6.0
# What stands for a name: readers know the names they ask about, however long these are.
_STAND_IN = "plan"
# A list of names, of counties say, is looked through for one's own and not read as one long sentence.
_RUN = re.compile(rf"{_STAND_IN}(?:,? (?:and |or )?{_STAND_IN})+")
_PUBLIC_PROGRAMS = ("Medicare", "Medi-Cal")


def grade(sentences: Sequence[str], program_names: Sequence[str]) -> float | None:
    """The Flesch-Kincaid grade of English sentences, program names excused; None when there are none."""
    import textstat

    ended = [sentence if sentence.rstrip().endswith((".", "!", "?")) else f"{sentence}." for sentence in sentences]
    plain = _RUN.sub(_STAND_IN, without_names(" ".join(ended), (*program_names, *_PUBLIC_PROGRAMS), _STAND_IN))
    return float(textstat.flesch_kincaid_grade(plain)) if plain else None


def without_names(text: str, names: Sequence[str], stand_in: str) -> str:
    """`text` with every name, longest first, replaced by a word."""
    ordered = sorted(dict.fromkeys(names), key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in ordered)
    return re.sub(pattern, stand_in, text, flags=re.I) if pattern else text
