"""Whether quotes hold a sentence, pair by pair, and how hard a sentence reads."""

import pytest

from ingest.reading import GOAL, grade, without_names
from ingest.support import (
    denied_in,
    denies,
    digits_in,
    lost_denial,
    missing_names,
    missing_numbers,
    numbers_in,
    shared_words,
)

LOST, INVENTED = "its quotes deny what it says", "it denies something, its quotes deny nothing"
NAMES = ("L.A. Care", "Napa", "Sun Plan", "Marin")
# Words such as "some" excuse a sentence from the check, for they often deny too, and "all" excuses what its quotes
# deny where they leave out something, or its own denial where they hold it; here they don't.
EXCUSED = pytest.mark.xfail(reason="a word that may deny excuses the whole sentence, or all of its quotes")
STEMS = pytest.mark.xfail(reason="words are compared by five letters, so that 'pays' is not 'pay' nor 'rides' 'ride'")


@pytest.mark.parametrize(
    ("text", "quotes", "missing"),
    [
        ("Members get 12 rides.", "There are 12 rides.", []),
        ("Members get 12 rides.", "There are twelve rides.", []),
        ("Members get twelve rides.", "There are 12 rides.", []),
        ("Members get Two rides.", "There are two rides.", []),
        ("Members get 12 rides.", "There are 11 rides.", ["12"]),
        ("Members get twelve rides.", "There are eleven rides.", ["12"]),
        ("Members get 2 rides.", "There are 12 rides.", ["2"]),
        ("One ride is free.", "A ride is free.", []),
        ("There are 1,200 members.", "There are 1200 members.", []),
        ("There are 1,200 members.", "There are 1,300 members.", ["1200"]),
        ("It is 6.5% or $9.", "It is 6.5 percent.", ["9"]),
        ("It ended in 2022.", "It ended in 2022, on a Monday.", []),
        ("It ended in 2022.", "It ended.", ["2022"]),
        ("Call 555-0100.", "Call 555-0101.", ["0100"]),
        ("From 5 to 3 in 2020.", "Then.", ["2020", "3", "5"]),
        ("It ended on May 1.", "It ended on May 1.", []),
        ("It ended on May 1.", "It ended on June 1.", ["May"]),
        ("From January 1 to March 3.", "From March 1 to 3.", ["January"]),
        ("You may join in May.", "Join.", []),
        ("No numbers.", "", []),
    ],
)
def test_numbers_and_months_that_quotes_lack(text: str, quotes: str, missing: list[str]) -> None:
    assert missing_numbers(text, quotes) == missing


def test_numbers_in_digits_and_in_words() -> None:
    assert digits_in("1,200 of 7 (12%), 6.5. In 2022, 3.") == {"1200", "7", "12", "6.5", "2022", "3"}
    assert numbers_in("Two, SEVEN and twelve; one, thirteen, often 9") == {"2", "7", "12", "9"}


@pytest.mark.parametrize(
    ("text", "quotes", "missing"),
    [
        ("Sun Plan is in Napa.", "In NAPA there is the sun plan.", []),
        ("Sun Plan is in Napa.", "Sun Plan is in Marin.", ["Napa"]),
        ("It is with Sun Plan's help.", "It is with the plan.", ["Sun Plan"]),
        ("L.A. Care pays.", "L.A. Care's doctors", []),
        ("L.A. Care pays.", "L.A. Cares.", ["L.A. Care"]),
        ("Napans and Marinated sun plans.", "", []),
        ("In Marin, Napa and L.A. Care", "Marin", ["L.A. Care", "Napa"]),
    ],
)
def test_names_that_quotes_lack(text: str, quotes: str, missing: list[str]) -> None:
    assert missing_names(text, NAMES, quotes) == missing


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("You cannot join by mail.", ["You cannot join by mail."]),
        ("You can't join by mail.", ["Nobody may join by mail."]),
        ("You don’t have to join.", ["Joining is voluntary."]),
        ("You can choose to join.", ["You do not have to join."]),
        ("Teeth are left out.", ["All benefits, excluding: teeth"]),
        ("It is no longer open.", ["The program ended on May 1."]),
        ("You get rides.", ["You get rides; glasses are not paid for."]),
        ("You get rides.", ["You get rides.", "Glasses are not paid for."]),
        ("Rides are paid for.", ["The plan pays for rides."]),
        ("You only get rides.", ["You do not get glasses with rides."]),
        ("All other rides are free.", ["Rides are free, excluding: rides at night"]),
        ("Up to 12 rides are free.", ["No ride is free except 12 rides."]),
        ("You must pay for other teeth.", ["Teeth are not covered."]),
        ("You must buy other teeth.", ["We don’t sell teeth."]),
    ],
)
def test_denials_that_quotes_hold(text: str, quotes: list[str]) -> None:
    assert lost_denial(text, quotes) == ""


@pytest.mark.parametrize(
    ("text", "quotes", "reason"),
    [
        ("You can join by mail.", ["You cannot join by mail."], LOST),
        ("You can join by mail.", ["You can't join by mail."], LOST),
        ("You can join by mail.", ["You can’t join by mail."], LOST),
        ("You can join by mail.", ["Call to ask.", "Nobody may join by mail."], LOST),
        ("You can join by mail.", ["You can no longer join by mail."], LOST),
        ("You can join by mail.", ["Call the desk. Never join by mail; write no letter."], LOST),
        ("Rides are paid for.", ["Rides to the doctor are not paid for."], LOST),
        ("The plan pays for teeth.", ["It has every benefit, excluding: teeth"], LOST),
        ("The plan pays for teeth.", ["It has every benefit except teeth."], LOST),
        ("The plan pays for teeth.", ["The package does not include teeth."], LOST),
        ("You cannot join by mail.", ["You can join by mail."], INVENTED),
        ("You can't join by mail.", ["Join by mail.", "Call the desk."], INVENTED),
        ("Nobody pays for rides.", ["The plan pays for rides."], INVENTED),
        ("Join without a letter.", ["Join with a letter."], INVENTED),
        ("All members can join.", ["No member can join."], LOST),
        ("It was free to join.", ["You cannot join."], LOST),
        ("You still must join by mail.", ["You no longer must join by mail."], LOST),
        ("Any member will be able to join.", ["A member is not able to join."], LOST),
        ("You must join.", ["You do not have to join; it is not required."], LOST),
        ("It pays for teeth.", ["Teeth are not covered."], LOST),
        pytest.param("Some members can join.", ["No member can join."], LOST, marks=EXCUSED),
        pytest.param("It pays for all teeth.", ["It has every benefit, excluding: teeth"], LOST, marks=EXCUSED),
        pytest.param("It still pays for teeth.", ["Teeth are not covered."], LOST, marks=EXCUSED),
        pytest.param("You cannot join.", ["All members can join."], INVENTED, marks=EXCUSED),
        pytest.param("It was not open to you.", ["It was open to you."], INVENTED, marks=EXCUSED),
        pytest.param("It pays for rides.", ["It doesn’t pay for a ride."], LOST, marks=STEMS),
    ],
)
def test_denials_that_got_lost_or_were_invented(text: str, quotes: list[str], reason: str) -> None:
    assert lost_denial(text, quotes) == reason


@pytest.mark.parametrize(
    ("text", "is_denial"),
    [
        ("You do not pay.", True),
        ("You don't pay.", True),
        ("You don’t pay.", True),
        ("NOBODY pays.", True),
        ("All but teeth, except rides.", True),
        ("There is a notice in November.", False),
        ("Another nothing.", False),
        ("", False),
    ],
)
def test_what_denies(text: str, is_denial: bool) -> None:
    assert denies(text) is is_denial


def test_a_denial_concerns_the_clause_it_stands_in() -> None:
    quotes = "Rides are free, glasses are not paid for."
    assert (denied_in("Glasses are paid for.", quotes), denied_in("Rides are free.", quotes)) == (True, False)
    assert denied_in("Rides are free.", f"{quotes} It has all but rides, excluding teeth") is True


def test_words_are_shared_by_their_stems() -> None:
    assert shared_words("Doctors coordinate care.", "A doctor's coordination, caring.") == pytest.approx(2 / 3)
    assert shared_words("You and I", "nothing") == 1.0
    assert shared_words("Teeth", "Rides") == 0.0


@pytest.mark.parametrize(
    ("easy", "hard"),
    [
        ("The plan pays for rides.", "Transportation benefits necessitate individualized authorization."),
        ("You can call.", "Beneficiaries communicate telephonically with representatives."),
    ],
)
def test_short_words_read_easily(easy: str, hard: str) -> None:
    found = [grade([text], ()) for text in (easy, hard)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] <= GOAL < 12 < found[1]


def test_names_and_lists_of_them_are_excused() -> None:
    names = ("Coordinated Care Initiative", "San Bernardino", "Riverside", "Los Angeles")
    assert grade(["It is in Los Angeles, San Bernardino and Riverside."], names) == grade(["It is in plan."], ())
    assert grade(["Medicare and the Coordinated Care Initiative ended"], names) == grade(
        ["plan and the plan ended."], ()
    )
    assert grade([], names) is None


def test_the_longest_name_is_excused_first() -> None:
    assert (
        without_names("Sun Plan Plus, SUN PLAN and sunplan", ("Sun Plan", "Sun Plan Plus"), "x") == "x, x and sunplan"
    )
    assert without_names("Sun Plan", (), "x") == "Sun Plan"
