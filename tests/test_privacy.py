"""Privacy: which numbers are taken out of a message, and which must stay. Every identifier here is invented."""

import random
import time

import pytest

from assistant.privacy import MEDI_CAL, MEDICARE, SOCIAL_SECURITY, Masked, mask

GONE = "[number removed]"


@pytest.mark.parametrize(
    ("message", "text", "removed"),
    [
        ("My SSN is 123-45-6789.", f"My SSN is {GONE}.", (SOCIAL_SECURITY,)),
        ("123.45.6789", GONE, (SOCIAL_SECURITY,)),
        ("it is 123 45 6789, ok?", f"it is {GONE}, ok?", (SOCIAL_SECURITY,)),
        ("123–45–6789", GONE, (SOCIAL_SECURITY,)),
        ("123\u201145\u20116789", GONE, (SOCIAL_SECURITY,)),
        ("123\u00a045\u00a06789", GONE, (SOCIAL_SECURITY,)),
        ("123 - 45 - 6789", GONE, (SOCIAL_SECURITY,)),
        ("１２３－４５－６７８９", GONE, (SOCIAL_SECURITY,)),
        ("١٢٣-٤٥-٦٧٨٩", GONE, (SOCIAL_SECURITY,)),
        ("123\u200b-45-\u200b6789", GONE, (SOCIAL_SECURITY,)),
        ("123456789", GONE, (SOCIAL_SECURITY,)),
        ("123-456789", GONE, (SOCIAL_SECURITY,)),
        ("12345 6789 is my ssn? 123-45 6789", f"12345 6789 is my ssn? {GONE}", (SOCIAL_SECURITY,)),
        ("1 2 3 4 5 6 7 8 9", GONE, (SOCIAL_SECURITY,)),
        ("我的社安號是123-45-6789謝謝", f"我的社安號是{GONE}謝謝", (SOCIAL_SECURITY,)),
        ("제 번호는123456789입니다", f"제 번호는{GONE}입니다", (SOCIAL_SECURITY,)),
        ("ssn:6789", f"ssn:{GONE}", (SOCIAL_SECURITY,)),
        ("my social is 123456", f"my social is {GONE}", (SOCIAL_SECURITY,)),
        ("last 4 of my social are 6789", f"last 4 of my social are {GONE}", (SOCIAL_SECURITY,)),
        ("last four digits of my social security: 6789", f"last four digits of my social security: {GONE}",
         (SOCIAL_SECURITY,)),
        ("my ssn ends in 1956", f"my ssn ends in {GONE}", (SOCIAL_SECURITY,)),
        ("6789 are the last four of my social", f"{GONE} are the last four of my social", (SOCIAL_SECURITY,)),
        ("my social security number is 12345678", f"my social security number is {GONE}", (SOCIAL_SECURITY,)),
        ("Mi número de seguro social es 6789", f"Mi número de seguro social es {GONE}", (SOCIAL_SECURITY,)),
        ("numero de seguro social: 123-45-6789", f"numero de seguro social: {GONE}", (SOCIAL_SECURITY,)),
        ("1EG4-TE5-MK73", GONE, (MEDICARE,)),
        ("my number 1eg4te5mk73 ok", f"my number {GONE} ok", (MEDICARE,)),
        ("1EG4 TE5 MK73", GONE, (MEDICARE,)),
        ("1EG4–TE5–MK73!", f"{GONE}!", (MEDICARE,)),
        ("１ＥＧ４ＴＥ５ＭＫ７３", GONE, (MEDICARE,)),
        ("Medicare card 1EGO-TE5-MK73", f"Medicare card {GONE}", (MEDICARE,)),
        ("123-45-6789A", GONE, (MEDICARE,)),
        ("old one was 123456789B1", f"old one was {GONE}", (MEDICARE,)),
        ("WA123-45-6789", GONE, (MEDICARE,)),
        ("My Medicare number is 12345678", f"My Medicare number is {GONE}", (MEDICARE,)),
        ("medicare # 4567-890", f"medicare # {GONE}", (MEDICARE,)),
        ("Medicare ID: 1EG4 TE5 M7", f"Medicare ID: {GONE}", (MEDICARE,)),
        ("mi número de Medicare es 1EG4-TE5-MK73", f"mi número de Medicare es {GONE}", (MEDICARE,)),
        ("número de Medicare 45678", f"número de Medicare {GONE}", (MEDICARE,)),
        ("91234567A", GONE, (MEDI_CAL,)),
        ("91234567a5", GONE, (MEDI_CAL,)),
        ("9123 4567 A 5", GONE, (MEDI_CAL,)),
        ("91234567A51234", GONE, (MEDI_CAL,)),
        ("91234567A 5 1234", GONE, (MEDI_CAL,)),
        ("19345678901234", GONE, (MEDI_CAL,)),
        ("my medi-cal id is 912345", f"my medi-cal id is {GONE}", (MEDI_CAL,)),
        ("Medi-Cal card number: 9123-4567", f"Medi-Cal card number: {GONE}", (MEDI_CAL,)),
        ("BIC 912345678", f"BIC {GONE}", (SOCIAL_SECURITY,)),
        ("my CIN is 9123456", f"my CIN is {GONE}", (MEDI_CAL,)),
        ("SSN 123-45-6789, MBI 1EG4-TE5-MK73, CIN 91234567A", f"SSN {GONE}, MBI {GONE}, CIN {GONE}",
         (SOCIAL_SECURITY, MEDICARE, MEDI_CAL)),
        ("1EG4-TE5-MK73,123-45-6789", f"{GONE},{GONE}", (MEDICARE, SOCIAL_SECURITY)),
        ("123-45-6789 and 987-65-4321", f"{GONE} and {GONE}", (SOCIAL_SECURITY,)),
        ("my ssn is 123-45-6789 call me at 888-522-1298", f"my ssn is {GONE} call me at 888-522-1298",
         (SOCIAL_SECURITY,)),
        ("ssn 6789 91 years old", f"ssn {GONE} 91 years old", (SOCIAL_SECURITY,)),
    ],
)  # fmt: skip
def test_an_identifier_is_taken_out(message: str, text: str, removed: tuple[str, ...]) -> None:
    assert mask(message) == Masked(text, removed)


@pytest.mark.parametrize(
    "message",
    """Call 888-522-1298 | (916) 440-7370 | (916)440-7370 | 18004340222 | 1-800-MEDICARE | 1-800-633-4227 | 8004340222
    +1 800 772 1213 | 1.800.772.1213 | Social Security 1-800-772-1213 | the Medicare number is 1-800-633-4227
    What is the Social Security number to call? 1-800-772-1213 | TTY 711 | 2022-10-03 | 10/03/2022 | 10-03-2022
    October 3, 2022 | in 2022 | from 2013 to 2022 | $130,000 | $130000000 | $1,400 a month | over $2,000 | 90012
    90012-1234 | Los Angeles, CA 90012-1234 | 14132.03 | SB 1008 | AB 133 | Section 14184.208 | W&I Code 14132.275
    42 CFR 422.2267 | 42 U.S.C. 1396 | 988 | 911 | I am 85 years old | age 65 or older | county 19 | plan H5928-004
    H5425 | my medicare card 2022 | new Medicare card in 2018 | Medi-Cal ID 2023 form
    Medicare Part D 2025 costs $2,000
    my social security is 1400 a month | my social worker 1234 Main St | Social Services at 2400 Mission | APL 21-004
    social security in 2022 | 8 of 10 people | 100,000 people | 8:30 to 5:00 | 3.14159265 | 1,234,567,890
    the medicare number on page 42 | 800-MEDICARE | section 1915(c) | SSI 943 | 138% of FPL | form MC 210 | CMS-10003
    what is a CIN? 2023 was | 1 2 3 | 8 0 0 7 7 2 1 2 1 3 | Is my SSN needed? | when do I get a Medicare card
    DHCS 7035
    Social Security Act section 1902 | medicare ID, SB 1008 | número de Medicare 1-800-633-4227""".replace(
        "\n", "|"
    ).split("|"),
)
def test_a_number_that_names_nobody_stays(message: str) -> None:
    message = message.strip()
    assert mask(message) == Masked(message, ())


def test_the_text_comes_back_in_unicode_form_nfkc() -> None:
    assert mask("Ｍｅｄｉ－Ｃａｌ") == Masked("Medi-Cal", ())
    assert mask("") == Masked("", ())


LETTERS = "ACDEFGHJKMNPQRTUVWXY"


def _invented(kind: str, chance: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(count))

    def either() -> str:
        return chance.choice(LETTERS + "0123456789")

    gap = chance.choice(["-", "", " ", "–", " - "])
    letter, other, third, fourth = (chance.choice(LETTERS) for _ in range(4))
    if kind == SOCIAL_SECURITY:
        number = f"{digits(3)}{gap}{digits(2)}{gap}{digits(4)}"
    elif kind == MEDICARE:
        first = f"{chance.choice('123456789')}{letter}{either()}{digits(1)}"
        number = f"{first}{gap}{other}{either()}{digits(1)}{gap}{third}{fourth}{digits(2)}"
    else:
        number = f"9{digits(7)}{letter}{chance.choice(['', digits(1), digits(5)])}"
    return chance.choice([number, number.lower()])


@pytest.mark.parametrize("seed", range(20))
def test_no_invented_identifier_outlives_its_sentence(seed: int) -> None:
    chance = random.Random(seed)
    frames = ("My number is {}.", "{}", "hi,{},please help", "Can I switch plans ({})?", "Es {} y vivo en Los Ángeles",
              "我是{}，請幫我", "I am 78, in 90012-1234, phone 916-440-7370, number {} since 2019",
              "id:{}\nthanks")  # fmt: skip
    for _ in range(100):
        kind = chance.choice([SOCIAL_SECURITY, MEDICARE, MEDI_CAL])
        frame, identifier = chance.choice(frames), _invented(kind, chance)
        assert mask(frame.format(identifier)) == Masked(mask(frame).text.format(GONE), (kind,)), identifier


@pytest.mark.parametrize(
    "piece",
    ["1", "a", "1 ", "1-", "ssn ", "ssn 1", "medicare number is ", "1234 is the last ", "a1", "12345678A ", "("],
)
def test_a_long_message_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        message = (piece * size)[:size]
        start = time.process_time()
        mask(message)
        return time.process_time() - start

    assert min(seconds(20_000) for _ in range(3)) < 0.25
