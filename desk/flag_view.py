"""The form to flag an answer with, and the list of what was flagged."""

from collections.abc import Sequence
from html import escape

from desk.flags import MAX_CHARS, Fault, Flag
from desk.links import card_link, document_link
from ingest.records import Document, Source

FAULTS = {
    Fault.WRONG: "Wrong",
    Fault.OUTDATED: "Outdated",
    Fault.UNCLEAR: "Unclear",
    Fault.MISSING: "Missing",
}


def flag_page(flag: Flag, sources: Sequence[Source], problem: str = "") -> str:
    """The form, filled in with what is known; `problem` says why it was not kept."""
    faults = "".join(
        f'<label class="choice"><input type="radio" name="fault" value="{fault.value}" required'
        f"{' checked' if fault is flag.fault else ''}><span>{words}</span></label>"
        for fault, words in FAULTS.items()
    )
    options = '<option value="">No document</option>' + "".join(
        f'<option value="{escape(source.id)}"{" selected" if source.id == flag.source_id else ""}>'
        f"{escape(source.label or source.title)}</option>"
        for source in sources
    )
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return (
        '<article class="form"><h1>Flag an answer</h1><p>A flag holds nothing up: the answer stays as it is until '
        "somebody has changed it. Leave out names and numbers of callers; numbers on cards are taken out.</p>"
        f'{alert}<form method="post" action="/desk/flag"><fieldset><legend>What is wrong with it?</legend>{faults}'
        f"</fieldset>{_line('question', 'The question', flag.question, required=True)}"
        f"{_area('answer', 'What was shown', flag.answer)}"
        f"{_line('at_fault', 'The words in it that are wrong or old (optional)', flag.at_fault)}"
        f"{_area('correction', 'What it should say', flag.correction)}"
        f'<label for="source_id">Document that says so</label>'
        f'<select id="source_id" name="source_id">{options}</select>'
        f"{_area('quote', 'Its words, copied exactly', flag.quote)}"
        f"{_line('page', 'Or another source: the address of a page', flag.page)}"
        '<p><button class="main">Keep the flag</button></p></form></article>'
    )


def flags_page(flags: Sequence[Flag], documents: Sequence[Document]) -> str:
    """Every flag, open ones first."""
    names = {document.source.id: document.source.label or document.source.title for document in documents}
    rows = sorted(flags, key=lambda flag: bool(flag.settled))
    shown = "".join(_row(flag, names.get(flag.source_id, flag.source_id)) for flag in rows)
    open_count = sum(not flag.settled for flag in flags)
    return (
        f'<article class="flags"><h1>Flags</h1><p class="count">{open_count} open, {len(flags)} in all.</p>'
        "<p>Exported with <code>python -m desk export-cases FILE.jsonl</code> and "
        "<code>python -m desk export-drafts FILE.toml</code>.</p>"
        + (f'<ul class="rows">{shown}</ul>' if flags else "<p>Nothing has been flagged.</p>")
        + "</article>"
    )


def _row(flag: Flag, document: str) -> str:
    parts = [
        ("Shown", flag.answer),
        ("Words at fault", flag.at_fault),
        ("Should say", flag.correction),
        ("Source", ": ".join(filter(None, (document, flag.quote and f"“{flag.quote}”"))) if flag.source_id else ""),
        ("Page", flag.page),
    ]
    lines = "".join(f"<div><dt>{name}</dt><dd>{escape(words)}</dd></div>" for name, words in parts if words)
    link = f' <a href="{escape(document_link(flag.source_id))}">document</a>' if flag.source_id else ""
    settle = (
        f'<span class="note">Settled by {escape(flag.settled)}</span>'
        if flag.settled
        else f'<form method="post" action="/desk/flags/{flag.number}/settled">'
        f'<button class="quiet" aria-label="Settled: flag {flag.number}">Settled</button></form>'
    )
    return (
        f'<li class="{"settled" if flag.settled else "unsettled"}"><article aria-labelledby="flag-{flag.number}">'
        f'<h2 id="flag-{flag.number}"><span class="chip">{FAULTS[flag.fault]}</span> '
        f'<a href="{escape(card_link(flag.question))}">{escape(flag.question)}</a></h2><dl>{lines}</dl>'
        f'<p class="where">No. {flag.number} · {flag.made[:16].replace("T", " ")} UTC · {escape(flag.by)}{link}</p>'
        f"{settle}</article></li>"
    )


def _line(name: str, label: str, value: str, *, required: bool = False) -> str:
    needed = " required" if required else ""
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="text" value="{escape(value)}" '
        f'maxlength="{MAX_CHARS}" autocomplete="off"{needed}>'
    )


def _area(name: str, label: str, value: str) -> str:
    return (
        f'<label for="{name}">{label}</label><textarea id="{name}" name="{name}" rows="3" maxlength="{MAX_CHARS}">'
        f"\n{escape(value)}</textarea>"
    )
