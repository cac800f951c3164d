"""A masked message and what was said before -> what is asked: language, parts, and texts to search with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answer import Turn
from assistant.language import detect_language, has_spanish_words
from assistant.spelling import Spelling
from assistant.texts import speaks
from ingest.knowledge import Knowledge, Program

# A question that leans on the turn before: it begins like a reply, or points at something not named in it.
_LEANS = re.compile(
    r"^(?:and|but|so|ok|okay|also|then|or|what about|how about|what if|same|who else|not even|for sure|when was|why)\b"
    r"|\b(?:it|its|that|this|those|these|them|they|their|he|she|his|her|him|there|one|ones|same|else|either|too|other)\b",
    re.I,
)
# On the development cases, longer questions that lean still name their topic (see WEIGHTS).
_MAX_LEANING_WORDS = 14
# A question this short says little without the turn before.
_SHORT_WORDS = 5
_MAX_TURNS = 4
# (question after the turn before it, question alone). Development cases: pass of the first four statements on
# 10 follow-ups and on 47 questions put after an unrelated one:
#   alone 0.60, 0.92; after the turn before 1.00, 0.45; both alike 0.80, 0.92. Hence by whether it leans.
_LEANING_WEIGHTS = (1.0, 0.5)
_STANDING_WEIGHTS = (0.5, 1.0)
_PARTS = re.compile(
    r"(?<=[.?!;。？！])(?<!\b[A-Z]\.)(?<!\b[Dd]r\.)\s*|\s+[-–]\s+|\n|(?=\(\d\))"
    r"|,?\s+(?=and (?:by )?(?:what|how|who|whose|when|where|which|why|if|is|are|was|were|do|does|did|has|have|can|could"
    r"|will|would|should)\b)|\s+[&+]\s+"
)
_MIN_PART_WORDS = 4
# "Who is Josephine?"
_SHORTEST_PART = 3
# People who tell a story ask at its end, and often add a sentence after.
_STORY_WORDS = 60
_ASKING_SENTENCES = 2
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_MASKED_CLAUSE = re.compile(r"[^.,;!?]*\[number removed\][.,;!?]*\s*")
_ARTICLES = "(?:my|the|a|an|new|that|your)"
_MIN_LEFT_WORDS = 3
# Each part costs an encoding; people who write more parts tell a story and end with the question.
_MAX_PARTS = 3
# An answer names at its beginning what it is about.
_RECALLED_WORDS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. `searches` are texts to search with and their weights, the whole question first."""

    question: str
    """As it was typed."""
    read: str
    """As it is read: misspelt words set right, clauses that held an identifier left out."""
    standalone: str
    language: str
    searches: tuple[tuple[str, float], ...]
    own_search: int
    """Which of `searches` is the question by itself."""
    has_parts: bool
    recalled: str
    """The first words of the answer before, which may name what the question only points at, after the question twice:
    its own words count most. Empty without an answer before."""
    programs: tuple[Program, ...]
    """The programs that the question, or the turn it leans on, names."""

    @property
    def point(self) -> str:
        """The question itself; of a long story its last sentences, which ask."""
        if len(self.read.split()) <= _STORY_WORDS:
            return self.read
        sentences = [each for each in _SENTENCE_END.split(self.read) if each.strip()]
        return " ".join(sentences[-_ASKING_SENTENCES:])

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the question, where it has several."""
        return tuple(text for text, _ in self.searches[self.own_search + 1 :])

    @property
    def spoken(self) -> str:
        """The language to answer in: the question's if the assistant's own sentences exist in it, else English."""
        return self.language if speaks(self.language) else "en"

    @property
    def is_english(self) -> bool:
        """Whether the English-only rankers can read the question."""
        return self.language == "en"


def understand(
    question: str, history: Sequence[Turn], knowledge: Knowledge, spelling: Spelling, language: str = ""
) -> Asked:
    """Make the question stand alone and name what it is about; `language` overrides the detected one."""
    before = _turns_leaned_on(history)
    shown, question = question, spelling.known_slips(_without_identifiers(question))
    language = language or _language(question, before, knowledge)
    if language == "en":
        question, before = spelling.corrected(question), spelling.corrected(before)
    standalone, searches = question, [(question, 1.0)]
    if before:
        leans = _leans(question) and not _stands_alone(question, knowledge)
        joined = f"{before} {question}"
        weights = _LEANING_WEIGHTS if leans else _STANDING_WEIGHTS
        standalone = joined if leans else question
        searches = [(joined, weights[0]), (question, weights[1])]
    parts = _parts(question)
    searches += [(part, 1.0 / len(parts)) for part in parts]
    return Asked(
        shown,
        question,
        standalone,
        language,
        tuple(searches),
        1 if before else 0,
        bool(parts),
        _recalled(question, history),
        named_programs(standalone, knowledge),
    )


def _without_identifiers(question: str) -> str:
    """The question without the clause that held a masked number, if enough is left to search with."""
    left = _MASKED_CLAUSE.sub(" ", question).strip()
    return left if len(left.split()) >= _MIN_LEFT_WORDS else question


def _turns_leaned_on(history: Sequence[Turn]) -> str:
    """What the person said before, back to the last turn that stands by itself: "rides in LA?", "and glasses?"."""
    said = [turn.content for turn in history if turn.role == "user"][-_MAX_TURNS:]
    standing = next((at for at in reversed(range(len(said))) if not _leans(said[at])), 0)
    return " ".join(said[standing:])


def _recalled(question: str, history: Sequence[Turn]) -> str:
    answers = [turn.content for turn in history if turn.role == "assistant"]
    return " ".join([question, question, *answers[-1].split()[:_RECALLED_WORDS]]) if answers else ""


def _leans(question: str) -> bool:
    words = len(question.split())
    return words <= _SHORT_WORDS or (words <= _MAX_LEANING_WORDS and bool(_LEANS.search(question)))


def _stands_alone(question: str, knowledge: Knowledge) -> bool:
    """Whether a short question names its program and points at nothing before it: "What is a Medi-Medi Plan?"."""
    return bool(named_programs(question, knowledge)) and not _LEANS.search(question)


def _language(question: str, before: str, knowledge: Knowledge) -> str:
    """A word or two don't tell a language: then it is that of the turns before, or English. Names tell nothing."""
    question = _without_names(question, knowledge) or question
    is_short = len(question.split()) < _MIN_PART_WORDS and question.isascii()
    if not is_short:
        return detect_language(question)
    if before:
        return detect_language(before)
    return "es" if has_spanish_words(question) else "en"


def named_programs(text: str, knowledge: Knowledge) -> tuple[Program, ...]:
    """The programs whose name or alias stands in the text, in the order of programs.toml."""
    return tuple(program for program in knowledge.programs if _names((*program.aliases, program.name)).search(text))


def _without_names(text: str, knowledge: Knowledge) -> str:
    aliases = sorted((alias for program in knowledge.programs for alias in program.aliases), key=len, reverse=True)
    if not aliases:
        return ""
    pattern = rf"(?<!\w)(?:{_ARTICLES} )*(?:{'|'.join(map(re.escape, aliases))})(?!\w)(?: plans?)?"
    bare = " ".join(re.sub(pattern, " ", text, flags=re.I).split())
    return bare if bare != " ".join(text.split()) and len(bare.split()) >= _MIN_LEFT_WORDS else ""


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Abbreviations count only in capitals when they are also words ("PACE" is a program, "pace" is not)."""
    spelled = (rf"(?-i:{re.escape(name)})" if name in _ALSO_WORDS else re.escape(name) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.I)


_ALSO_WORDS = frozenset({"PACE"})


def _parts(question: str) -> list[str]:
    parts = [part.strip() for part in _PARTS.split(question)]
    long_enough = [part for part in parts if len(part.split()) >= _SHORTEST_PART]
    return long_enough[-_MAX_PARTS:] if len(long_enough) > 1 else []
