"""Whether the documents answer what is asked: a calibrated yes, a known gap, or not our subject.

Thresholds were chosen on the development cases; evals/results/README.md holds the curve.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.abstain import GAP_SHARE_OTHER, THRESHOLD, signs, unanswered
from assistant.answer import Signs, Status
from assistant.fit import wants_to_join_ended
from assistant.retrieve import Evidence
from assistant.understand import Asked
from ingest.knowledge import Gap
from ingest.places import counties_named

# Cosine of the nearest ask, and of the nearest statement, below which an English question is about something else.
# Development cases: on-topic questions are never under 0.56 and 0.29, off-topic ones never over 0.42 and 0.13.
OFF_TOPIC_ASK = 0.45
OFF_TOPIC_SUPPORT = 0.21
# By the multilingual encoder, whose cosines lie close together: only the clearly foreign is turned away.
OFF_TOPIC_ASK_OTHER = 0.84
# A gap with less of the vote for itself is not named: of the 11 named so for 150 questions by people who knew no
# document, 6 were the wrong ones.
SURE_SHARE = 0.3

# With no topic likelier than this, an answer is given as unsure: so are 25 of 436 answerable development questions.
LEAST_SHARE = 0.2

# How likely an alarm must be. Of 278 examples of alarms, a fifth left out in turn, 0.3 hears 112 of 139 indirect words
# of self-harm and 128 of 139 emergencies that the signs of triage need not know, and takes 22 of 282 look-alikes and 6
# of 3,000 ordinary questions for one; 0.5 hears 102 and 119, with 17 and 1; discriminants, at 0.3, 88 and 112, with 32
# and 1.
ALARM_SHARE = 0.3
# In a language in which the library holds alarms but no ordinary questions, every question is nearer to an alarm.
ALARM_SHARE_OTHER = 0.5
OFF_TOPIC_SHARE = 0.3
SMALL_TALK = ("thanks", "hello", "assistant")
SMALL_TALK_SHARE = 0.5
SMALL_TALK_WORDS = 10
# With this share a question is the gap's, whatever the other signs say. By discriminants 0.9 changed no development
# case and 0.7 refused one more wrongly; by the network shares are more decided.
SURE_GAP_SHARE = 0.98
# A look-up of a few words ("dental?", "IHSS hours") asks for whatever there is; only a gap's own name is refused.
LOOKUP_WORDS = 3
LOOKUP_GAP_SHARE = 0.9
COUNTY_WORDS = 4
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

    An unsure gap may be another one, so it is not named, and the best words found are shown. An unsure answer says so.
    """

    status: Status
    gap: Gap | None = None
    is_sure: bool = True
    signs: Signs | None = None
    small_talk: str = ""
    """What to say to words that ask for nothing: "thanks", "hello" or "assistant"."""


def heard_alarm(asked: Asked, evidence: Evidence) -> str:
    """What a message sounds like without its usual words: "crisis", "emergency", "hurt" (perhaps both), or nothing."""
    crisis, emergency = (evidence.own.asides.get(kind, 0.0) for kind in ("crisis", "emergency"))
    if crisis + emergency <= (ALARM_SHARE if asked.language in _ASKED_IN else ALARM_SHARE_OTHER):
        return ""
    if min(crisis, emergency) >= BOTH_SHARE:
        return "hurt"
    return "crisis" if crisis > emergency else "emergency"


def decide(asked: Asked, evidence: Evidence, best_words: str, gaps: Sequence[Gap]) -> Verdict:
    """Weigh the evidence; `best_words` are those of the answer that would be given."""
    if kind := _small_talk(asked, evidence):
        return Verdict(Status.OFF_TOPIC, small_talk=kind)
    if _is_off_topic(asked, evidence):
        return Verdict(Status.OFF_TOPIC)
    gap = max(gaps, key=lambda each: evidence.likely.topics.get(each.id, 0.0), default=None)
    found = signs(evidence, gap, lacks_kind=_lacks_kind(asked, best_words))
    if gap is None or wants_to_join_ended(asked) or not _is_unanswered(asked, evidence, gap, found):
        likeliest = max(evidence.likely.topics.values(), default=1.0)
        return Verdict(Status.ANSWERED, is_sure=likeliest >= LEAST_SHARE, signs=found)
    return Verdict(Status.NOT_IN_DOCUMENTS, gap, evidence.likely.topics[gap.id] >= SURE_SHARE, found)


def _is_unanswered(asked: Asked, evidence: Evidence, gap: Gap, found: Signs) -> bool:
    if 1.0 in evidence.likely.topics.values():
        return evidence.likely.topics[gap.id] == 1.0
    if len(asked.read.split()) <= LOOKUP_WORDS and not found.lacks_kind:
        return evidence.likely.topics[gap.id] > LOOKUP_GAP_SHARE and unanswered(found) > THRESHOLD
    if asked.is_english and evidence.unsaid_words is not None:
        return unanswered(found) > THRESHOLD or evidence.likely.topics[gap.id] > SURE_GAP_SHARE
    return bool(found.lacks_kind) or evidence.likely.topics[gap.id] > GAP_SHARE_OTHER


def _small_talk(asked: Asked, evidence: Evidence) -> str:
    """What kind of small talk a short message is that names nothing of the subject, if it is one; later only thanks."""
    if len(asked.read.split()) > SMALL_TALK_WORDS or asked.programs or _OUR_SUBJECT.search(asked.read):
        return ""
    kinds = SMALL_TALK if asked.own_search == 0 else SMALL_TALK[:1]
    return next((kind for kind in kinds if evidence.own.asides.get(kind, 0.0) > SMALL_TALK_SHARE), "")


def _is_off_topic(asked: Asked, evidence: Evidence) -> bool:
    if asked.programs or _OUR_SUBJECT.search(asked.standalone) or _only_names_a_county(asked.read):
        return False
    if asked.is_english and evidence.english_support:
        return (
            _off_topic_share(evidence) > OFF_TOPIC_SHARE
            or evidence.english_ask < OFF_TOPIC_ASK
            and evidence.english_support < OFF_TOPIC_SUPPORT
        )
    return _off_topic_share(evidence) > OFF_TOPIC_SHARE or 0 < evidence.other_ask < OFF_TOPIC_ASK_OTHER


def _off_topic_share(evidence: Evidence) -> float:
    """How likely it is about something else: by itself, and after what was asked before ("why?")."""
    return min(each.asides.get("off_topic", 0.0) for each in (evidence.own, evidence.likely))


def _only_names_a_county(question: str) -> bool:
    """A few words with a county in them ("what about Imperial") ask about this subject, there."""
    return len(question.split()) <= COUNTY_WORDS and bool(counties_named(question))


def _lacks_kind(asked: Asked, best_words: str) -> bool:
    wanted = [answer for question, answer in _KINDS if question.search(asked.read)]
    people = _PERSON.findall(asked.read)
    return any(not answer.search(best_words) for answer in wanted) or any(name not in best_words for name in people)
