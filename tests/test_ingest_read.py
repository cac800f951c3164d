"""Files of every format, in every encoding, and files that can't be read among files that can."""

import ctypes
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fpdf import FPDF
from ingest_fixtures import build, document, headings, leads_of, said, shipped_documents, texts_in, write_files

from ingest.build import Summary
from ingest.read import Unreadable, read
from ingest.records import Skip, Source

GOOD = "The plan is free for members. It pays for rides.\n"
NO_TEXT = "holds no text (an empty file, or a scan that needs text recognition first)"
PAGES = ("Alpha care is for home visits.", "Beta care is for rides to a doctor.", "Gamma care is for teeth.")
KINDS = ".htm, .html, .markdown, .md, .pdf, .text, .txt"


class Printed(FPDF):
    """Pages with a header and a footer with the page's number, as plans print them."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 10, "Member Handbook 2023")
        self.ln(20)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 10, str(self.page_no()), align="C")


def pdf(*, password: str = "", owner: str = "") -> bytes:
    made = Printed()
    if owner:
        made.set_encryption(owner_password=owner, user_password=password)
    for words in PAGES:
        made.add_page()
        made.set_font("helvetica", size=12)
        made.multi_cell(0, 8, words)
    return bytes(made.output())


def reason(folder: Path, name: str, content: str | bytes) -> str:
    """Why the file can't be read."""
    with pytest.raises(Unreadable) as fault:
        document(folder, name, content)
    return str(fault.value)


def test_text(tmp_path: Path) -> None:
    found = document(tmp_path, "a.TXT", "Rides\n\nThe plan pays for rides.\nCall first.\n")
    assert (found.text, headings(found), said(found), found.page_starts) == (
        "Rides\n\nThe plan pays for rides.\n\nCall first.",
        ["Rides"],
        ["The plan pays for rides.", "Call first."],
        (),
    )


def test_markdown(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n## Covered __services__ ##\n\nThe **plan** covers [all care](https://example.org), except:\n\n"
        "* Teeth:\n    * Crowns\n* Rides\n\n1. Call\n2) Wait\n"
    )
    found = document(tmp_path, "a.md", text)
    assert found.text == (
        "Plan\n\nCovered services\n\nThe plan covers all care, except:\n\n"
        "* Teeth:\n  * Crowns\n* Rides\n\n1. Call\n2) Wait"
    )
    assert headings(found) == ["Plan", "Covered services"]
    assert leads_of(found, "Crowns") == ("The plan covers all care, except:", "Teeth:")
    assert leads_of(found, "Rides") == ("The plan covers all care, except:",)


def test_html(tmp_path: Path) -> None:
    page = """<!doctype html><html><head><title>Tab</title><style>p {color: red}</style></head><body>
      <header>Site name</header><nav><ul><li>Menu</li></ul></nav><script>harm()</script>
      <main><h1>Plan &amp; care</h1><p>Costs &lt; 5&nbsp;dollars at
      Caf&eacute;. Covered, <b>except</b>:</p>
      <ul><li>Teeth:<ul><li>Crowns</li></ul></li><li><a href="/x">Rides</a> &#8212; all</li></ul>
      <h2>Phones</h2><table><tr><th>Plan</th><th>Room</th></tr><tr><td>First plan</td><td>one</td></tr>
      <tr><td>Second plan</td><td>two</td></tr></table><p>End.</p></main><footer>Imprint</footer></body></html>"""
    found = document(tmp_path, "a.html", page)
    assert headings(found) == ["Plan & care", "Phones"]
    assert said(found)[:3] == ["Costs < 5 dollars at Café.", "Crowns", "Rides — all"]
    assert leads_of(found, "Crowns") == ("Covered, except:", "Teeth:")
    assert [words for words in ("First plan", "one", "Second plan", "two") if words not in " ".join(said(found))] == []
    hidden = ("Tab", "color", "Site name", "Menu", "harm", "Imprint", "/x", "<")
    assert [words for words in hidden if words in found.text.replace("Costs < 5", "")] == []


def test_html_all_inside_a_form(tmp_path: Path) -> None:
    page = (
        "<body><form id='aspnetForm'><select><option>Pick</option></select><main><p>All care.</p></main></form></body>"
    )
    assert document(tmp_path, "a.htm", page).text == "All care."


def test_line_ends_in_html_are_blanks(tmp_path: Path) -> None:
    items = "".join(f"<li>Item {at}</li>\n" for at in range(40))
    page = f"<ul>{items}</ul><p>The plan covers\nall the services you\nneed at home.</p>"
    assert document(tmp_path, "a.html", page).text.endswith("\n\nThe plan covers all the services you need at home.")


def test_pdf_pages_are_known(tmp_path: Path) -> None:
    found = document(tmp_path, "a.pdf", pdf())
    assert [found.page_at(found.text.index(words)) for words in PAGES] == [1, 2, 3]
    assert len(found.page_starts) == 3
    words = found.text.replace("Member Handbook 2023", "").split()
    assert " ".join(words) == " ".join(PAGES)


def test_pdf_of_one_page_is_page_one(tmp_path: Path) -> None:
    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.multi_cell(0, 8, PAGES[0])
    found = document(tmp_path, "a.pdf", bytes(made.output()))
    assert (found.text, found.page_starts) == (PAGES[0], (0,))


def test_pdf_that_only_restricts_printing_is_read(tmp_path: Path) -> None:
    assert PAGES[1] in document(tmp_path, "a.pdf", pdf(owner="owner")).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = "The plan’s “care team” is free — José pays 5 €.\n\nIt’s here for you.\n".replace("\n", line_end)
    found = document(tmp_path, "a.txt", text.encode(encoding))
    assert found.text == "The plan’s “care team” is free — José pays 5 €.\n\nIt’s here for you."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_program_documents_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    for source_id, (raw, found) in shipped_documents().items():
        again = document(tmp_path, source_id + ".txt", raw.encode(encoding), *found.source.column_heads)
        assert (again.text, again.blocks) == (found.text, found.blocks)


def test_the_brochure_in_cp1252(tmp_path: Path) -> None:
    raw, found = shipped_documents()["la-care-brochure"]
    assert document(tmp_path, "a.txt", raw.encode("cp1252"), *found.source.column_heads).text == found.text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", "", NO_TEXT),
        ("a.md", " \n\t\n\u00a0\n", NO_TEXT),
        ("a.txt", "--- *** ---\n", NO_TEXT),
        ("a.html", "<html><body><script>x()</script></body></html>", NO_TEXT),
        ("a.pdf", bytes(FPDF().output()), NO_TEXT),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00" * 20, "holds binary data, not text"),
        ("a.md", bytes(range(1, 256)) * 9, "its text encoding can't be told; save it as UTF-8"),
        ("a.docx", "Words.", f"unknown format .docx; {KINDS} can be read"),
        ("README", "Words.", f"unknown format (no ending); {KINDS} can be read"),
        ("a.pdf", pdf(password="secret", owner="owner"), "is locked with a password; save a copy without it"),
    ],
)
def test_reasons(tmp_path: Path, name: str, content: str | bytes, why: str) -> None:
    assert reason(tmp_path, name, content) == why


@pytest.mark.parametrize(
    "content",
    [b"", b"no PDF at all", pdf()[:300], pdf()[:-400], pdf().replace(b"/FlateDecode", b"/FlutyDecode")],
    ids=["empty", "text", "cut early", "cut late", "unknown filter"],
)
def test_broken_pdfs_are_reasons_or_readable(tmp_path: Path, content: bytes) -> None:
    try:
        found = document(tmp_path, "a.pdf", content)
    except Unreadable as fault:
        assert "\n" not in str(fault)
        assert str(fault) == NO_TEXT or str(fault).startswith("is not a PDF that can be read (")
    else:
        assert PAGES[0] in found.text


@pytest.mark.filterwarnings("ignore")
def test_pdfs_broken_by_chance_never_crash(tmp_path: Path) -> None:
    whole = pdf()
    for seed in range(80):
        chance, content = random.Random(seed), bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            assert document(tmp_path, "a.pdf", bytes(content)).text
        except Unreadable as fault:
            assert str(fault)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as fault:
        read(tmp_path / "a.txt", Source(id="a", file="a.txt", title=""))
    assert str(fault.value) == "can't be opened: No such file or directory"


def test_bad_files_among_good_ones(tmp_path: Path) -> None:
    corpus = write_files(
        tmp_path / "corpus",
        {
            "good.txt": GOOD,
            "deep/er/good.md": "# Home\n\nCare at home is free.\n",
            "blank.txt": " \n",
            "broken.pdf": b"%PDF-1.7 nothing",
            "empty.md": "",
            "locked.pdf": pdf(password="secret", owner="owner"),
            "old.doc": "Words.",
            "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00",
            "folder.txt/inside.txt": "A folder may be called anything.\n",
            ".hidden/notes.txt": "Not for the index.\n",
        },
    )
    summary = build(corpus, tmp_path / "index")
    assert texts_in(tmp_path / "index") == {
        "deep/er/good.md": "Home\n\nCare at home is free.",
        "folder.txt/inside.txt": "A folder may be called anything.",
        "good.txt": GOOD.strip(),
    }
    assert [skip.file for skip in summary.skips] == [
        "blank.txt",
        "broken.pdf",
        "empty.md",
        "locked.pdf",
        "old.doc",
        "picture.txt",
    ]
    assert summary.skips[1].reason.startswith("is not a PDF that can be read (")
    assert [skip.reason for skip in summary.skips if skip.file != "broken.pdf"] == [
        NO_TEXT,
        NO_TEXT,
        "is locked with a password; save a copy without it",
        f"unknown format .doc; {KINDS} can be read",
        "holds binary data, not text",
    ]
    assert (summary.documents, build(corpus, tmp_path / "index").skips) == (3, summary.skips)


# capget(2) and capset(2): the version of their structures, and the two powers by which root reads closed files.
_VERSION_3 = 0x20080522
_READS_CLOSED_FILES = 1 << 1 | 1 << 2


@contextmanager
def _bound_by_permissions() -> Iterator[None]:
    """Root lays down its power over closed files and stays itself: the project's folder may be closed to all others."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    effective = powers[0]
    powers[0] = effective & ~_READS_CLOSED_FILES
    assert libc.capset(header, powers) == 0
    try:
        yield
    finally:
        powers[0] = effective
        assert libc.capset(header, powers) == 0


@pytest.fixture
def bound_by_permissions() -> Iterator[Path]:
    """A folder, with only the rights that the permissions of files give."""
    with tempfile.TemporaryDirectory() as folder, _bound_by_permissions():
        yield Path(folder)


def _build_with_a_closed_file(folder: Path, description: str) -> Summary:
    files = {"documents/closed.txt": GOOD, "documents/open.txt": GOOD, "sources.toml": description}
    corpus = write_files(folder / "corpus", files)
    (corpus / "documents/closed.txt").chmod(0)
    return build(corpus, folder / "index")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_without_read_permission(bound_by_permissions: Path) -> None:
    summary = _build_with_a_closed_file(bound_by_permissions, "")
    assert (summary.documents, summary.skips) == (1, (Skip("closed.txt", "can't be opened: Permission denied"),))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_described_file_without_read_permission(bound_by_permissions: Path) -> None:
    entry = '[[source]]\nid = "c"\nfile = "closed.txt"\ntitle = "C"\nsha256 = "00"\n'
    summary = _build_with_a_closed_file(bound_by_permissions, entry)
    assert summary.skips == (Skip("closed.txt", "can't be opened: Permission denied"),)
