"""A file -> a Document, by its format: text, Markdown, HTML or PDF."""

import codecs
from collections.abc import Callable
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.layout import Layout, lay_out
from ingest.pdf import pdf_text
from ingest.records import Document, Source
from ingest.structure import make_document
from ingest.web import html_text

_MOSTLY_ASCII = 0.9


class Unreadable(Exception):
    """This one file can't be read; the message is the reason. Ingest lists it and goes on."""


def read(path: Path, source: Source) -> Document:
    """The document in `path`; raises Unreadable with the reason."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(f"unknown format {path.suffix or '(no ending)'}; {', '.join(sorted(_READERS))} can be read")
    try:
        layout = reader(path.read_bytes())
    except OSError as fault:
        raise Unreadable(f"can't be opened: {fault.strerror}") from fault
    except ValueError as fault:
        raise Unreadable(str(fault)) from fault
    if not any(character.isalnum() for character in layout.text):
        raise Unreadable("holds no text (an empty file, or a scan that needs text recognition first)")
    return make_document(source, layout)


def _decode(content: bytes) -> str:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("holds binary data, not text")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if sum(byte < 128 for byte in content) > _MOSTLY_ASCII * len(content):
            # English text with a few curly quotes and bullets; other code pages read them as letters.
            return content.decode("cp1252", errors="replace")
        best = from_bytes(content).best()
        if best is None:
            raise ValueError("its text encoding can't be told; save it as UTF-8") from None
        return str(best)


def _read_text(content: bytes) -> Layout:
    return lay_out(_decode(content))


def _read_html(content: bytes) -> Layout:
    return lay_out(html_text(_decode(content)))


def _read_pdf(content: bytes) -> Layout:
    return lay_out("\f".join(pdf_text(content)), has_pages=True)


_READERS: dict[str, Callable[[bytes], Layout]] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_text,
    ".markdown": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}
