"""Document -> passages, along its structure.

A passage is a contiguous span that never crosses a heading, never cuts a sentence, and holds a list
whole where it can; the parts of a longer list carry their list head as context. Offsets are carried
along from the blocks, never searched for afterwards.
"""

from collections.abc import Iterator

from ingest.records import Block, Document, Passage, Span
from ingest.structure import unbroken

# About 130 words: inside the 256 tokens that encoder 1 reads. Evidence in evals/results/.
MAX_CHARS = 800
# A paragraph or list that is a little too long stays whole rather than be cut from its sense.
MAX_UNIT_CHARS = 1400


def split(document: Document) -> list[Passage]:
    """The document's passages in reading order; one that repeats another under the same headings is left out."""
    passages, seen = [], set()
    for run in _sections(document.blocks):
        for group in _groups(document, run):
            passage = _passage(document, group)
            if (passage.headings, passage.text) not in seen:
                passages.append(passage)
            seen.add((passage.headings, passage.text))
    return passages


def _sections(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Runs of blocks under one heading, the heading first; headings with nothing under them are left out."""
    section: list[Block] = []
    for block in blocks:
        has_content = any(member.kind != "heading" for member in section)
        if block.kind == "heading" and has_content:
            yield section
            section = []
        section = [block] if block.kind == "heading" else [*section, block]
    if any(member.kind != "heading" for member in section):
        yield section


def _groups(document: Document, section: list[Block]) -> Iterator[list[Span]]:
    """Spans that together make one passage each."""
    group: list[Span] = []
    for unit in _units(section):
        for piece in _pieces(document, unit):
            if group and piece.end - group[0].start > MAX_CHARS:
                yield group
                group = []
            group.append(piece)
    if group:
        yield group


def _units(section: list[Block]) -> Iterator[list[Block]]:
    """Paragraphs alone; a heading with what follows it; a list with its head."""
    unit: list[Block] = []
    for block in section:
        goes_with_unit = unit and (unit[-1].kind == "heading" or block.kind == "item")
        if unit and not goes_with_unit:
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _pieces(document: Document, unit: list[Block]) -> list[Span]:
    whole = Span(unit[0].start, unit[-1].end)
    if whole.end - whole.start <= MAX_UNIT_CHARS:
        return [whole]
    pieces = []
    for block in unit:
        if block.end - block.start <= MAX_CHARS:
            pieces.append(Span(block.start, block.end))
        else:
            pieces += [
                cut for span in unbroken(document.text, block.start, block.end) for cut in _cut(document.text, span)
            ]
    return pieces


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A span longer than a passage may be (a table run together, say) is cut between words."""
    start = span.start
    while span.end - start > MAX_UNIT_CHARS:
        end = start + MAX_CHARS
        blank = text.rfind(" ", start + 1, end + 1)
        end = blank if blank > start else end
        yield Span(start, end)
        start = end + (text[end] == " ")
    yield Span(start, span.end)


def _passage(document: Document, group: list[Span]) -> Passage:
    start, end = group[0].start, group[-1].end
    inside = [block for block in document.blocks if block.start < end and block.end > start]
    leads = dict.fromkeys(lead for block in inside for lead in block.leads if lead.end <= start)
    return Passage(
        document.source.id,
        start,
        document.text[start:end],
        inside[-1].headings,
        tuple(document.text[lead.start : lead.end] for lead in leads),
    )
