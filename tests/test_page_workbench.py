"""The workbench's tables: what an answer was made of, and which answers helped."""

from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence, Signs, Status
from ingest.records import Hit, Passage
from page.workbench import MOST_HITS, counts_table, report

CITED = Citation("a", "a.txt", "A paper", "An office", "", "It <ended>.", 0, 11, 2, "", "May 2022", "")
ANSWER = Answer(Status.ANSWERED, "q", (Sentence("It ended.", "prepared", (CITED,)),), standalone_question="did it end")


def table(title: str, heads: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{title}</caption><thead><tr>{columns}</tr></thead><tbody>{cells}</tbody></table>"


def test_a_report_tells_what_an_answer_was_made_of() -> None:
    hit = Hit(Passage("a", 0, "It ended & more.", ("Part", "Chapter")), 0.5)
    signs = Signs(1.5, -0.25, 0, 1, 2, 0.125)
    assert report(replace(ANSWER, hits=(hit,), signs=signs), 0.0421) == (
        table(
            "Answer",
            ("what", "value"),
            ("status", "answered"),
            ("language", "en"),
            ("read as", "did it end"),
            ("time", "42 ms"),
        )
        + table("Sentences", ("kind", "text", "rests on"), ("prepared", "It ended.", "[1]"))
        + table(
            "Sources",
            ("number", "document", "words"),
            ("[1]", "A paper; An office; May 2022; page 2", "It &lt;ended&gt;."),
        )
        + table(
            "Passages found",
            ("rank", "document", "section", "words"),
            ("1", "a", "Part / Chapter", "It ended &amp; more."),
        )
        + table(
            "Signs of a refusal",
            ("sign", "weight"),
            ("gap", "1.50"),
            ("words", "-0.25"),
            ("meaning", "0.00"),
            ("lacks_kind", "1.00"),
            ("unknown_words", "2.00"),
            ("asked_most", "0.12"),
        )
    )


def test_a_report_shows_the_first_passages_only_and_no_empty_tables() -> None:
    hits = tuple(Hit(Passage("a", start, "words"), 1.0) for start in range(50))
    assert report(replace(ANSWER, hits=hits), 0.1).count("<td>a</td>") == MOST_HITS
    assert "<caption>Passages found" not in report(ANSWER, 0.1)


def test_which_answers_helped_is_a_table_or_a_sentence() -> None:
    assert counts_table({}) == "<p>Nobody has said so yet.</p>"
    assert counts_table({"rides": (3, 1)}) == table("Was it helpful?", ("topic", "yes", "no"), ("rides", "3", "1"))
