"""Summaries as Markdown tables that also read well in a terminal."""

from collections.abc import Mapping, Sequence

from evals.score import Summary
from evals.statistics import Estimate

# Groups side by side in one table, so that it fits a terminal.
_COLUMNS = 4


def report(summary: Summary) -> str:
    """Every measure with its interval and n: overall, then by kind and by language."""
    parts = [
        f"{summary.cases} cases, {summary.failures} failed. Intervals are 95%, by bootstrap over cases; n is "
        "the number of cases that a measure is defined for.",
        *(f"Failed {count} times: {error}" for error, count in summary.errors.items()),
        overall_table(summary.overall),
        *_group_tables("kind", summary.by_kind),
        *_group_tables("language", summary.by_language),
    ]
    return "\n\n".join(parts)


def overall_table(estimates: Mapping[str, Estimate]) -> str:
    """One row a measure: mean, interval, n, and how many cases are undefined, with reasons."""
    rows = [
        [name, _number(found.mean), _interval(found), str(found.n), _reasons(found)]
        for name, found in estimates.items()
    ]
    return table(["measure", "mean", "95% interval", "n", "undefined"], rows)


# What the README shows, and in which words.
_HEADLINES = {
    "answer_pass": "answers that hold every key fact and nothing forbidden",
    "right_source": "answerable questions answered with a right source",
    "citation_precision": "citations that stand verbatim in their document and support their sentence",
    "refusal_precision": "refusals that were right",
    "refusal_recall": "questions the documents don't answer that were refused",
    "over_refusal": "answerable questions refused (less is better)",
    "stale_as_current": "answers that present an ended program as open (target 0)",
    "status_shown": "answers about an ended program that say so with its date",
    "reading_at_grade_6": "beneficiary answers whose own sentences read at grade 6 or below",
    "identifier_leak": "identifiers shown again or kept for search (target 0)",
}


def headline(summary: Summary) -> str:
    """The figures of the README: the main measures, then the share of answers that pass by kind of question."""
    measures = [
        [words, _number(summary.overall[name].mean), _interval(summary.overall[name]), str(summary.overall[name].n)]
        for name, words in _HEADLINES.items()
    ]
    kinds = [
        [
            f"answers that pass, {kind}",
            _number(found["answer_pass"].mean),
            _interval(found["answer_pass"]),
            str(found["answer_pass"].n),
        ]
        for kind, found in summary.by_kind.items()
    ]
    return table(["measure", "share", "95% interval", "n"], [*measures, *kinds])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with aligned columns."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    rule = ["-" * width for width in widths]
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, rule, *rows)
    )
    return "\n".join(f"| {line} |" for line in lines)


def _group_tables(what: str, groups: Mapping[str, Mapping[str, Estimate]]) -> list[str]:
    labels = list(groups)
    return [
        _group_table(what, {label: groups[label] for label in labels[start : start + _COLUMNS]})
        for start in range(0, len(labels), _COLUMNS)
    ]


def _group_table(what: str, groups: Mapping[str, Mapping[str, Estimate]]) -> str:
    names = next(iter(groups.values()))
    rows = [[name, *(_with_count(found[name]) for found in groups.values())] for name in names]
    return table([f"by {what}", *groups], [row for row in rows if any(row[1:])])


def _with_count(found: Estimate) -> str:
    return f"{_number(found.mean)} {_interval(found)} n {found.n}".replace("  ", " ") if found.n else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(found: Estimate) -> str:
    return "" if found.low is None else f"[{_number(found.low)}, {_number(found.high)}]"


def _reasons(found: Estimate) -> str:
    return "; ".join(f"{count} {reason}" for reason, count in found.undefined.items())
