"""Whether the documents answer what is asked: a calibrated yes, a known gap, or not our subject.

Thresholds were chosen on evals/cases/dev.jsonl; evals/results/README.md holds the curve.
"""

import re
from dataclasses import dataclass

from assistant.answer import Status
from assistant.fit import wants_to_join_ended
from assistant.retrieve import Evidence
from assistant.understand import Asked
from ingest.knowledge import Gap

# Cosine of the nearest ask, and of the nearest statement, below which an English question is about something else.
# Development cases: on-topic questions are never under 0.56 and 0.29, off-topic ones never over 0.42 and 0.13.
OFF_TOPIC_ASK = 0.45
OFF_TOPIC_SUPPORT = 0.21
# By the multilingual encoder, whose cosines lie close together: only the clearly foreign is turned away.
OFF_TOPIC_ASK_OTHER = 0.84
# The vote of the nearest asks above which a question is a known gap, and what is added to it when the kind of thing
# asked for (a price, a phone number, a link) is missing from the words found.
GAP_VOTE = 0.3
MISSING_KIND = 0.6
# The multilingual encoder alone, for other languages, tells gaps less surely.
GAP_VOTE_OTHER = 0.35
SURE_VOTE = 0.5
# A gap with less of the vote for itself is not named: of the 11 named so for 150 questions by people who knew no
# document, 6 were the wrong ones.
SURE_SHARE = 0.3

# Share of the vote of the nearest asks, decoys among them, above which a message is taken for an aside. Each example
# left out in turn: 0.55 hears 76 of 136 indirect words of self-harm and 112 of 135 emergencies that the signs of triage
# need not know, and takes 28 of 213 decoys and 3 of 2,662 ordinary questions for one. Signs and this together, before
# the signs were widened on the misses: 37 of 43 other messages; after: 42, which is no held-out figure.
ASIDE_VOTE = 0.55
# In a language in which the library holds alarms but no ordinary questions, every question is nearer to an alarm. In
# Chinese five ordinary questions had 0.52 to 0.70, four alarms 0.82 to 0.88.
ASIDE_VOTE_OTHER = 0.75
_ASKED_IN = ("en", "es")
# With this share of each, the text names both 911 and 988.
BOTH_SHARE = 0.15

_OUR_SUBJECT = re.compile(r"medi-?cal\b|medicare|medi-?medi|d-?snp|ihss|hicap", re.I)
# What a question asks for -> what words that answer it must hold.
_KINDS = (
    (
        re.compile(r"\bphone\b|\bnumber (?:to|for|do i) |\btelephone number|\bcall them\b", re.I),
        re.compile(r"\d{3}[-. ]\d{3}[-. ]\d{4}"),
    ),
    (
        re.compile(r"\blinks?\b|\bweb ?(?:site|page|address)\b|\burl\b|\bzoom\b|\bonline\b", re.I),
        re.compile(r"www\.|https?:|\.org|\.gov|web ?(?:site|page)", re.I),
    ),
    (
        re.compile(
            r"\bco-?pays?\b|\bpremiums?\b|\bdeductibles?\b|\$|\bdollars?\b"
            r"|\bhow much (?:money|is it|will it cost|does|do i pay|do they pay)\b",
            re.I,
        ),
        re.compile(r"\$\s?\d|\bdollars\b|\brates?\b", re.I),
    ),
)


# A doctor or other person by name: the documents know none but the one in the state's example.
_PERSON = re.compile(r"\b(?:Dr\.?|Doctor|doctor|dr\.?|Mr\.?|Mrs\.?|Ms\.?|nurse) ([A-Z][a-z]+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """ANSWERED when the documents seem to answer; else the status to end with, and the known gap if it is one.

    An unsure gap may be another one, so it is not named, and the best words found are shown.
    """

    status: Status
    gap: Gap | None = None
    is_sure: bool = True


def heard_alarm(asked: Asked, evidence: Evidence) -> str:
    """What a message sounds like without its usual words: "crisis", "emergency", "hurt" (perhaps both), or nothing."""
    crisis, emergency = (evidence.aside_votes.get(kind, 0.0) for kind in ("crisis", "emergency"))
    if crisis + emergency <= (ASIDE_VOTE if asked.language in _ASKED_IN else ASIDE_VOTE_OTHER):
        return ""
    if min(crisis, emergency) >= BOTH_SHARE:
        return "hurt"
    return "crisis" if crisis > emergency else "emergency"


def decide(asked: Asked, evidence: Evidence, best_words: str) -> Verdict:
    """Weigh the evidence; `best_words` are the words of the best statements."""
    if _is_off_topic(asked, evidence):
        return Verdict(Status.OFF_TOPIC)
    if wants_to_join_ended(asked):
        return Verdict(Status.ANSWERED)
    least = GAP_VOTE if asked.is_english else GAP_VOTE_OTHER
    if evidence.gap and evidence.gap_vote + _missing(asked, best_words) > least:
        return Verdict(Status.NOT_IN_DOCUMENTS, evidence.gap, _is_sure(evidence))
    return Verdict(Status.ANSWERED)


def _is_sure(evidence: Evidence) -> bool:
    return evidence.gap_vote > SURE_VOTE and evidence.gap_share >= SURE_SHARE


def _aside(evidence: Evidence) -> str:
    votes = evidence.aside_votes
    kind = max(votes, key=lambda each: votes[each], default="")
    return kind if kind and votes[kind] > ASIDE_VOTE else ""


def _is_off_topic(asked: Asked, evidence: Evidence) -> bool:
    if asked.programs or _OUR_SUBJECT.search(asked.standalone):
        return False
    if asked.is_english and evidence.english_support:
        return (
            _aside(evidence) == "off_topic"
            or evidence.english_ask < OFF_TOPIC_ASK
            and evidence.english_support < OFF_TOPIC_SUPPORT
        )
    return _aside(evidence) == "off_topic" or 0 < evidence.other_ask < OFF_TOPIC_ASK_OTHER


def _missing(asked: Asked, best_words: str) -> float:
    wanted = [answer for question, answer in _KINDS if question.search(asked.question)]
    lacks_kind = any(not answer.search(best_words) for answer in wanted)
    people = _PERSON.findall(asked.question)
    return MISSING_KIND if lacks_kind or any(name not in best_words for name in people) else 0.0
