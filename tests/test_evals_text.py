import random

from evals.text import common_in_order, normalise, overlap, share_held, words


def slow_common(first: list[str], second: list[str]) -> int:
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for row, left in enumerate(first, 1):
        for column, right in enumerate(second, 1):
            table[row][column] = (
                table[row - 1][column - 1] + 1 if left == right else max(table[row - 1][column], table[row][column - 1])
            )
    return table[-1][-1]


def test_common_words_agree_with_the_textbook_algorithm() -> None:
    chance = random.Random(7)
    for _ in range(300):
        first, second = ([chance.choice("abcde") for _ in range(chance.randrange(0, 90))] for _ in range(2))
        assert common_in_order(first, second) == slow_common(first, second)


def test_normalised_text_has_straight_quotes_ascii_digits_and_single_blanks() -> None:
    assert normalise(" “Don’t”\n１２\u00a0months \u0661\u0662 ﬁne ″") == '"Don\'t" 12 months 12 fine "'


def test_words_have_no_case_and_no_punctuation() -> None:
    assert words("Medi-Cal, (CMC): don’t!") == ("medi", "cal", "cmc", "don", "t")


def test_share_held_counts_words_in_order_only() -> None:
    assert share_held("one two three four", "One, and two; then four three.") == 0.75
    assert share_held("...", "one two") == 0.0


def test_overlap_is_of_the_shorter_text() -> None:
    assert overlap("a b c d e f g h i j", "c d x y") == 0.5
    assert overlap("c d x y", "a b c d e f g h i j") == 0.5
