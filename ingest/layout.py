"""Text as extraction left it -> blocks (headings, paragraphs, list items) and repaired text.

This module alone knows how extraction breaks documents: lines cut to a column's width, sentences
that run across a blank line, page numbers glued to a footer, navigation words, soft line ends inside
bullets. Every repair keeps the place: the result maps each of its characters to the file's own text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# One character for one, so that every offset stays true.
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u3000", " "))
# Shown as nothing, also inside words: a soft hyphen, a blank of no width, a byte order mark.
_INVISIBLE = "\u00ad\u200b\ufeff"
_NAVIGATION = re.compile(r"(?:skip to (?:main )?content|back to top|toggle navigation)", re.I)
_MARKER = re.compile(r"(?:[•◦▪●‣·–*\-]|\(?\d{1,2}[.)]|[a-z][.)])[ \t]+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_GLUED_NUMBER = re.compile(r"(.{20,}\d)\.(\d{1,3})$")
_LONE_NUMBER = re.compile(r"(?:page[ ]+)?(\d{1,4})(?:[ ]+of[ ]+\d{1,4})?$", re.I)
_STAMP = re.compile(r"(?:last )?(?:updated|modified|reviewed|revised)\b", re.I)
_INLINE_MARKUP = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|(?<!!)\[(?P<link>[^\]\n]+)\]\([^)\n]*\)|(?<!\w)__(?P<under>[^_\n]+)__(?!\w)"
    rf"|[{_INVISIBLE}]"
)
# A line that ends in one of these can't be the end of a heading, a paragraph or an item.
_UNFINISHED = frozenset(
    "a an and as at but by for from in into is of on or our that the their this to was were which with your".split()
)
_TERMINAL = (".", "!", "?", ":", ";", "”", '"', "。", "！", "？")
# Fewer lines between two numbers than this, and they number sections or items, not pages.
_MIN_PAGE_LINES = 8
# So many short lines in a row, without blank lines between, are a list without bullets.
_MIN_BARE_LIST = 3
# A heading is short: the longest in the five program documents has 89 characters.
_MAX_HEADING_CHARS = 100
# Share of lines that go on in lower case on the next line; in hard-wrapped text it is 0.3 and more, elsewhere near 0.
_WRAPPED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: text[start:end], without indentation, marker and trailing blanks."""

    text: str
    start: int
    page: int
    gap: int  # blank lines before it
    indent: int
    marker: str = ""  # with the blanks after it
    level: int = 0  # of a markdown heading
    width: int = 0  # of the widest line in the same run of lines


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Lines that belong together; kind is "heading", "paragraph" or "item"."""

    kind: str
    lines: tuple[Line, ...]

    @property
    def head(self) -> Line:
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Repaired text with its blocks as (kind, level, start, end), page starts and origins."""

    text: str
    blocks: tuple[tuple[str, int, int, int], ...]
    page_starts: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]


def lay_out(raw: str, *, has_pages: bool = False) -> Layout:
    """Repair `raw`; form feeds separate pages, and `has_pages` says that a text without any is one page."""
    lines = _measure(_mark(_paginate(_lines(raw.translate(_BLANKS)))))
    has_pages = has_pages or (bool(lines) and lines[-1].page > 1)
    blocks = _headings(_join(lines, wrapped=_is_wrapped(lines)))
    return _assemble(blocks, has_pages=has_pages)


def _lines(raw: str) -> list[Line]:
    lines, gap, page, start = [], 0, 1, 0
    for full in raw.splitlines(keepends=True):
        page += full.count("\f") if full.startswith("\f") else 0
        text = full.strip(f"{_INVISIBLE} \t\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if not text:
            gap += 1
        elif not _NAVIGATION.fullmatch(text):
            at = start + full.index(text)
            lines.append(Line(text, at, page, gap, len(full) - len(full.lstrip(" \t"))))
            gap = 0
        page += full.count("\f") if not full.startswith("\f") else 0
        start += len(full)
    return lines


def _paginate(lines: list[Line]) -> list[Line]:
    """Take glued page numbers off repeated footers (they end pages 1, 2, ...) and drop lone page numbers."""
    footers = _glued_footers(lines)
    page_shift, result = 0, []
    for at, line in enumerate(lines):
        if at in footers:
            line = replace(line, text=footers[at])
        elif _is_page_number(lines, at):
            continue
        result.append(replace(line, page=line.page + page_shift))
        page_shift += at in footers
    return result


def _glued_footers(lines: list[Line]) -> dict[int, str]:
    found = [(at, m) for at, line in enumerate(lines) if (m := _GLUED_NUMBER.fullmatch(line.text))]
    repeated = Counter(m[1] for _, m in found)
    runs = {words for words in repeated if _number_pages([(at, int(m[2])) for at, m in found if m[1] == words])}
    return {at: m[1] + "." for at, m in found if m[1] in runs}


def _number_pages(seen: list[tuple[int, int]]) -> bool:
    """Whether numbers at these lines count pages: 1, 2, ... with a page's lines between them."""
    lines = [at for at, _ in seen]
    in_order = [number for _, number in seen] == list(range(1, len(seen) + 1))
    apart = all(after - before >= _MIN_PAGE_LINES for before, after in zip(lines, lines[1:], strict=False))
    return len(seen) > 1 and in_order and apart


def _is_page_number(lines: list[Line], at: int) -> bool:
    number = _LONE_NUMBER.fullmatch(lines[at].text)
    is_first = at == 0 or lines[at - 1].page != lines[at].page
    is_last = at + 1 == len(lines) or lines[at + 1].page != lines[at].page
    return bool(number) and (is_first or is_last) and int(number[1]) == lines[at].page  # type: ignore[index]


def _mark(lines: list[Line]) -> list[Line]:
    return [_unmark(line) for line in lines]


def _unmark(line: Line) -> Line:
    if heading := _MARKDOWN_HEADING.fullmatch(line.text):
        return replace(line, text=heading[2], start=line.start + heading.start(2), level=len(heading[1]))
    if marker := _MARKER.match(line.text):
        rest = line.text[marker.end() :]
        return replace(line, text=rest, start=line.start + marker.end(), marker=marker[0])
    return line


def _measure(lines: list[Line]) -> list[Line]:
    """Give each line the width of its run (lines with no blank line between them)."""
    result: list[Line] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if run and (line is None or line.gap):
            width = max(len(member.text) for member in run)
            result += [replace(member, width=width) for member in run]
            run = []
        if line is not None:
            run.append(line)
    return result


def _is_wrapped(lines: list[Line]) -> bool:
    going_on = sum(1 for line in lines if not line.gap and not line.marker and line.text[:1].islower())
    return going_on > _WRAPPED_SHARE * len(lines)


def _join(lines: list[Line], *, wrapped: bool) -> list[RawBlock]:
    blocks: list[RawBlock] = []
    for line in lines:
        if blocks and wrapped and _goes_on(blocks[-1].lines[-1], line):
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, line))
        else:
            kind = "heading" if line.level else "item" if line.marker else "paragraph"
            blocks.append(RawBlock(kind, (line,)))
    return blocks


def _goes_on(before: Line, line: Line) -> bool:
    """Whether `line` continues the block that `before` ends."""
    if line.marker or line.level or before.level or line.gap > 1:
        return False
    if line.page != before.page and before.text.endswith(_TERMINAL):
        return False
    if before.text.endswith(("www.", "/")) or (before.text.endswith("-") and not line.gap):
        return True
    last_word = before.text.rsplit(None, 1)[-1].lower()
    if last_word in _UNFINISHED or before.text.endswith(","):
        return True
    starts_low = line.text[:1].islower()
    if line.gap:
        return starts_low and not before.text.endswith(_TERMINAL)
    # An early line end was meant: the next word would still have fit in the column.
    fits = len(before.text) + 1 + len(line.text.split(None, 1)[0]) <= before.width
    return starts_low or not fits


def _headings(blocks: list[RawBlock]) -> list[RawBlock]:
    """Name as headings the short unpunctuated lines that stand before other text."""
    following = [*blocks[1:], None]
    like = [_is_heading(block, after) for block, after in zip(blocks, following, strict=False)]
    listed = _bare_lists(blocks, like)
    return [
        replace(block, kind="heading") if like[at] and at not in listed else block for at, block in enumerate(blocks)
    ]


def _bare_lists(blocks: list[RawBlock], like: list[bool]) -> set[int]:
    """Which blocks are lines of a list without bullets; the line before it may be its heading."""
    runs: list[list[int]] = []
    for at, block in enumerate(blocks):
        follows = bool(runs) and runs[-1][-1] == at - 1 and like[at - 1]
        if follows and not block.head.gap and block.kind == "paragraph":
            runs[-1].append(at)
        elif like[at]:
            runs.append([at])
    return {at for run in runs if len(run) > _MIN_BARE_LIST for at in run[1:]}


def _is_heading(block: RawBlock, following: RawBlock | None) -> bool:
    text = " ".join(line.text for line in block.lines)
    return (
        block.kind == "paragraph"
        and following is not None
        and len(text) <= _MAX_HEADING_CHARS
        and not text.endswith((*_TERMINAL, ",", ")"))
        and not text.startswith("|")  # a row of a table
        and not _STAMP.match(text)
        and not text[0].islower()
        and any(character.isalpha() for character in text)
    )


def _assemble(blocks: Sequence[RawBlock], *, has_pages: bool) -> Layout:
    text = ""
    spans, origins, page_starts = [], [], [0] if has_pages else []
    for number, block in enumerate(blocks):
        text += _separator(blocks[number - 1] if number else None, block)
        while has_pages and len(page_starts) < block.head.page:
            page_starts.append(len(text))
        if block.kind == "item":
            text += "  " * (block.head.indent // 4)
            origins.append((len(text), block.head.start - len(block.head.marker)))
            text += f"{block.head.marker.rstrip()} "
        start = len(text)
        for piece, origin in _pieces(block):
            origins.append((len(text), origin))
            text += piece
        spans.append((block.kind, block.head.level or block.head.indent, start, len(text)))
    return Layout(text, tuple(spans), tuple(page_starts), tuple(origins) or ((0, 0),))


def _separator(before: RawBlock | None, block: RawBlock) -> str:
    if before is None:
        return ""
    return "\n" if before.kind == block.kind == "item" and not block.head.gap else "\n\n"


def _pieces(block: RawBlock) -> Iterator[tuple[str, int]]:
    """The block's text in stretches, each with its offset in the file; the blank between lines has the line end's."""
    for number, line in enumerate(block.lines):
        yield from _plain(line)
        if number + 1 < len(block.lines):
            glued = line.text.endswith(("www.", "/", "-"))
            yield ("" if glued else " "), line.start + len(line.text)


def _plain(line: Line) -> Iterator[tuple[str, int]]:
    """The line without inline markup: **bold** and [text](address) leave their words."""
    at = 0
    for match in _INLINE_MARKUP.finditer(line.text):
        yield line.text[at : match.start()], line.start + at
        if group := match.lastgroup:
            yield match[group], line.start + match.start(group)
        at = match.end()
    yield line.text[at:], line.start + at
