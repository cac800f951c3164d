"""How much its quotes hold of a sentence: pairs written by hand, and that no fault ever raises the score."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.support import MIN_SUPPORT, WEIGHTS, Signs, SupportScorer, signs

SCORER = SupportScorer()
KEPT = "Members may keep a doctor for up to 12 months after they join Sun Plan in Marin County."
DOCTOR = (
    "Members may keep a doctor who is not in the network for up to 12 months after they join Sun Plan in Marin County."
)
ENDED = "Sun Plan did not cover eyeglasses.\nThe plan ended on May 1, 2022."
RIDES = "The plan pays for rides to the doctor and for dental care."

SUPPORTED = [
    (DOCTOR, DOCTOR),
    ("In Marin County, members may keep their doctor for up to 12 months.", KEPT),
    ("After they join Sun Plan, members may keep a doctor for up to twelve months.", KEPT),
    ("Sun Plan ended on May 1, 2022.", ENDED),
    ("Sun Plan did not pay for eyeglasses.", ENDED),
    ("The plan pays for dental care.", RIDES),
]
FAULTY = [
    pytest.param(DOCTOR.replace("12", "18"), DOCTOR, id="another number"),
    pytest.param("Sun Plan ended on June 1, 2022.", ENDED, id="another month"),
    pytest.param("Sun Plan ended on May 1, 2023.", ENDED, id="another year"),
    pytest.param("Sun Plan covered eyeglasses.", ENDED, id="a denial dropped"),
    pytest.param("The plan does not pay for rides to the doctor.", RIDES, id="a denial added"),
    pytest.param("Members in Napa County may keep their doctor for up to 12 months.", KEPT, id="another county"),
    pytest.param("The plan only pays for rides that you must book, to all doctors.", RIDES, id="limits added"),
    pytest.param(
        "The plan pays for rides to the doctor, and a nurse visits you at home every week.", RIDES, id="a fact added"
    ),
    pytest.param("You can appeal a decision by writing to the judge.", RIDES, id="another subject"),
]


@pytest.mark.parametrize(("claim", "source"), SUPPORTED)
def test_a_sentence_that_its_quotes_hold_is_kept(claim: str, source: str) -> None:
    assert SCORER.score(claim, source) >= MIN_SUPPORT


@pytest.mark.parametrize(("claim", "source"), FAULTY)
def test_a_faulty_sentence_is_not_kept(claim: str, source: str) -> None:
    assert SCORER.score(claim, source) < MIN_SUPPORT


@pytest.mark.parametrize("source", [DOCTOR, KEPT, ENDED, RIDES])
def test_no_sentence_scores_above_the_source_itself(source: str) -> None:
    whole = source.replace("\n", " ")
    claims = [claim for claim, _ in SUPPORTED] + [str(param.values[0]) for param in FAULTY]

    assert signs(whole, whole) == Signs(0, 0, 0, 0, 0, 0)
    assert all(SCORER.score(claim, source) <= SCORER.score(whole, whole) for claim in claims)


def test_what_is_left_out_of_a_sentence_does_not_count_against_it() -> None:
    shorter = "The plan pays for dental care."
    assert SCORER.score(shorter, RIDES) == SCORER.score(RIDES, RIDES)


@pytest.mark.xfail(reason="a limit of the source that a sentence leaves out is no sign: on the library it told nothing")
def test_a_limit_dropped_is_not_kept() -> None:
    assert SCORER.score("The plan pays for rides.", "The plan pays for rides only if the trip is urgent.") < MIN_SUPPORT


@pytest.mark.xfail(reason="the clause that denies something else is the nearest one, for it holds most of the words")
def test_a_denial_of_something_else_does_not_count() -> None:
    claim = "After they join Sun Plan in Marin County, members may keep a doctor for up to 12 months."
    assert SCORER.score(claim, DOCTOR) >= MIN_SUPPORT


def test_each_sign_is_counted_by_itself() -> None:
    source = "In Marin the plan pays for rides."
    found = {
        claim: signs(claim, source)
        for claim in (
            "In Marin the plan pays for 9 rides.",
            "In Napa the plan pays for rides.",
            "In Marin the plan pays for dental rides.",
            "In Marin the plan pays for no rides.",
            "In Marin the plan must pay for a ride.",
            "In Marin the plan pays for rides in a Mercury.",
        )
    }
    assert list(found.values()) == [
        Signs(facts=1, names=0, words=0, share=0.2, denial=0, limit=0),
        Signs(facts=1, names=1, words=0, share=0.25, denial=0, limit=0),
        Signs(facts=0, names=0, words=1, share=0.2, denial=0, limit=0),
        Signs(facts=0, names=0, words=1, share=0.2, denial=1, limit=0),
        Signs(facts=0, names=0, words=0, share=0, denial=0, limit=1),
        Signs(facts=0, names=1, words=0, share=0.2, denial=0, limit=0),
    ]


def test_a_short_form_of_the_words_of_a_source_is_no_missing_name() -> None:
    source = "The county pays for In-Home Supportive Services."
    assert signs("The county pays for IHSS.", source) == Signs(0, 0, 0, 0, 0, 0)
    assert signs("The county pays for IHSX.", source).names == 1


@pytest.mark.parametrize(("claim", "source"), [("", "Anything."), ("Anything.", ""), ("", ""), ("…", "7"), ("1", "\n")])
def test_any_text_has_a_score(claim: str, source: str) -> None:
    assert 0 < SCORER.score(claim, source) < 1


def test_every_sign_speaks_against_a_sentence_and_each_has_a_weight() -> None:
    weights = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]

    assert tuple(weights) == Signs._fields
    assert all(weight < 0 for weight in weights.values())


def test_weights_without_a_sign_are_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(re.sub("^denial.*\n", "", WEIGHTS.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")

    with pytest.raises(KeyError, match="denial"):
        SupportScorer(path)
