"""Whether citations hold their sentences, sentences have citations, and the right words were cited."""

import re

from evals.case import Case, Gold
from evals.ground import Ground
from evals.outcomes import CitedQuote, Outcome, SentenceShown
from evals.statistics import Undefined, Value
from evals.text import normalise, overlap, words

# A cited quote is the gold one when they share this much of the shorter: where a sentence was cut may differ.
_SAME_QUOTE = 0.6
_CONTENT_HELD = 0.5
# Words agree when they begin alike, so that "transport" is held by "transportation".
_STEM = 5

_COUNTS = words("zero one two three four five six seven eight nine ten eleven twelve")
_MONTHS = words("january february march april may june july august september october november december")
_MONTH = "|".join(_MONTHS)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A month counts as a date beside a number only, since "may" is mostly a verb.
_MONTH_OF_DATE = re.compile(rf"\b(?:({_MONTH})\.?\s+\d|\d+\s+({_MONTH})\b)")
_EMPTY_WORDS = frozenset(
    words(
        "a about after all also an and any are as at be been before but by can could did do does for from get had "
        "has have he her his how i if in into is it its may might more most must my no not of on one or other our "
        "out over she should so some such than that the their them then there these they this those to too under "
        "up us was we were what when where which who will with would you your"
    )
)


_NOT_OF_DOCUMENTS = ("fixed", "update", "definition")


def citation_precision(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """The share of citations that are verbatim in their document and support their sentence."""
    if not ground.texts:
        return Undefined("document texts not kept")
    marks = [
        is_verbatim(citation, ground) and is_supported(sentence, outcome.language)
        for sentence in outcome.sentences
        for citation in sentence.citations
    ]
    return sum(marks) / len(marks) if marks else Undefined("no citations")


def citation_recall(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """The share of factual sentences with a citation that is verbatim and supports them.

    Fixed sentences state nothing; updates and definitions rest on pages outside the documents, named with them.
    """
    if not ground.texts:
        return Undefined("document texts not kept")
    factual = [sentence for sentence in outcome.sentences if sentence.kind not in _NOT_OF_DOCUMENTS]
    if not factual:
        return Undefined("no factual sentences")
    held = [
        any(is_verbatim(citation, ground) for citation in sentence.citations)
        and is_supported(sentence, outcome.language)
        for sentence in factual
    ]
    return sum(held) / len(held)


def right_source(case: Case, outcome: Outcome) -> Value:
    """1 when a gold quote is cited (for the kinds multi and conflict: each), else 0; of answerable cases."""
    if not case.answerable:
        return Undefined("not answerable")
    if not case.gold:
        return Undefined("no gold quote")
    cited = [citation for sentence in outcome.sentences for citation in sentence.citations]
    found = [any(_cites(citation, gold) for citation in cited) for gold in case.gold]
    return float(all(found) if case.needs_each_gold else any(found))


def is_verbatim(citation: CitedQuote, ground: Ground) -> bool:
    """Whether the document's text from start to end is the quote."""
    text = ground.texts.get(citation.file, "")
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def is_supported(sentence: SentenceShown, language: str) -> bool:
    """Whether the sentence is a quote, or its quotes hold its numbers, its dates and half of its content words.

    The documents are English, so words of other languages can't be looked for: there, numbers and dates decide. So they
    do for prepared sentences, which say in plain words what the quotes say in others; `python -m ingest check` holds
    their names and denials too, and each was read against its quotes.
    """
    if sentence.kind == "quote":
        return True
    quotes = " ".join(citation.quote for citation in sentence.citations)
    if not quotes or not _numbers(sentence.text) <= _numbers(quotes) | _counted(quotes) | _month_numbers(quotes):
        return False
    if language not in ("", "en") or sentence.kind == "prepared":
        return True
    content = _content(sentence.text)
    held = {word[:_STEM] for word in _content(quotes)}
    return sum(word[:_STEM] in held for word in content) >= _CONTENT_HELD * len(content)


def _cites(citation: CitedQuote, gold: Gold) -> bool:
    return citation.file == gold.file and overlap(citation.quote, gold.quote) >= _SAME_QUOTE


def _numbers(text: str) -> set[str]:
    folded = normalise(text).casefold()
    months = {first or second for first, second in _MONTH_OF_DATE.findall(folded)}
    return months | {number.replace(",", "") for number in _NUMBER.findall(folded)}


def _counted(text: str) -> set[str]:
    """Numbers written as words, as digits: a plain sentence may say 12 for "twelve"."""
    return {str(_COUNTS.index(word)) for word in words(text) if word in _COUNTS}


def _month_numbers(text: str) -> set[str]:
    """The months of dates as numbers: many languages write "12" for "December"."""
    named = _numbers(text)
    return {str(at) for at, month in enumerate(_MONTHS, 1) if month in named}


def _content(text: str) -> set[str]:
    return {word for word in words(text) if word not in _EMPTY_WORDS and not word.isdigit() and len(word) > 1}
