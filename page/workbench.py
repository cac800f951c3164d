"""What an answer was made of, as HTML tables for maintainers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape

from assistant.answer import Answer, source_line

# As many passages as a person looks at; the rest were hardly weighed.
MOST_HITS = 10


def report(answer: Answer, seconds: float) -> str:
    """The answer with its sources, what each sentence rests on, what was found, and what spoke for a refusal."""
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    facts = [
        ("status", answer.status.value),
        ("language", answer.language),
        ("read as", answer.standalone_question),
        ("taken out", ", ".join(answer.removed)),
        ("reviewed", answer.review),
        ("time", f"{seconds * 1000:.0f} ms"),
    ]
    sentences = [
        (each.kind, each.text, " ".join(f"[{numbers[citation]}]" for citation in each.citations) or each.url)
        for each in answer.sentences
    ]
    sources = [(f"[{number}]", source_line(citation), citation.quote) for citation, number in numbers.items()]
    hits = [
        (str(rank), hit.passage.source_id, " / ".join(hit.passage.headings), hit.passage.text)
        for rank, hit in enumerate(answer.hits[:MOST_HITS], 1)
    ]
    signs = [(name, f"{value:.2f}") for name, value in asdict(answer.signs).items()] if answer.signs else []
    return "".join(
        (
            _table("Answer", ("what", "value"), [fact for fact in facts if fact[1]]),
            _table("Sentences", ("kind", "text", "rests on"), sentences),
            _table("Sources", ("number", "document", "words"), sources),
            _table("Passages found", ("rank", "document", "section", "words"), hits),
            _table("Signs of a refusal", ("sign", "weight"), signs),
        )
    )


def counts_table(counts: Mapping[str, tuple[int, int]]) -> str:
    """Which answers helped, by topic."""
    rows = [(topic, str(yes), str(no)) for topic, (yes, no) in counts.items()]
    return _table("Was it helpful?", ("topic", "yes", "no"), rows) or "<p>Nobody has said so yet.</p>"


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    if not lines:
        return ""
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
