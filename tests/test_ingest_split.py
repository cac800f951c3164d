"""Passages: spans of the document that cut nothing and leave nothing out."""

import random
import time
from pathlib import Path

import pytest
from ingest_fixtures import document, said, shipped_documents

from ingest.records import Document, Passage, Span
from ingest.split import MAX_CHARS, MAX_UNIT_CHARS, split
from ingest.structure import sentences, statements

DOCUMENTS = {source_id: found for source_id, (_, found) in shipped_documents().items()}
WORDS = "plan care medi-cal dr. member 1,600 home “aid” (free) county l.a. medicare benefit visit ride no.".split()


def random_text(seed: int) -> str:
    """Markdown of headings, paragraphs and nested lists, from a seed."""
    chance = random.Random(seed)

    def sentence(end: str = ".") -> str:
        return "The " + " ".join(chance.choices(WORDS, k=chance.randint(1, 40))) + " today" + end

    parts = []
    for _ in range(chance.randint(1, 25)):
        kind = chance.choice(["heading", "paragraph", "paragraph", "list"])
        if kind == "heading":
            parts.append("#" * chance.randint(1, 4) + " " + " ".join(chance.choices(WORDS, k=3)) + " x")
        elif kind == "paragraph":
            sentences_before = [sentence(chance.choice(".!?")) for _ in range(chance.randint(0, 12))]
            parts.append(" ".join([*sentences_before, sentence(chance.choice(".:"))]))
        else:
            parts.append(
                "\n".join(
                    "  " * chance.randint(0, 2) + "- " + sentence(chance.choice(".:"))
                    for _ in range(chance.randint(1, 15))
                )
            )
    return "\n\n".join([*parts, "The end is here."])


def check(found: Document) -> list[Passage]:
    """What holds for the passages of any document."""
    passages = split(found)
    assert [found.text[each.start : each.end] for each in passages] == [each.text for each in passages]
    assert [each.text.strip() for each in passages] == [each.text for each in passages]
    assert len({each.id for each in passages}) == len(passages)
    assert sorted(passages, key=lambda each: each.start) == passages
    assert all(before.end <= after.start for before, after in zip(passages, passages[1:], strict=False))
    assert max(len(each.text) for each in passages) <= MAX_UNIT_CHARS
    check_sentences(found, passages)
    check_list_heads(found, passages)
    return passages


def check_sentences(found: Document, passages: list[Passage]) -> None:
    """Each statement lies whole in one passage; only what repeats a passage word for word may lie in none."""
    held = {each.text for each in passages}
    for each in statements(found):
        words = found.text[each.start : each.end]
        is_inside = any(passage.start <= each.start and each.end <= passage.end for passage in passages)
        assert is_inside or any(words in text for text in held), words


def check_list_heads(found: Document, passages: list[Passage]) -> None:
    """An item's heads stand in its passage or beside it; of one longer than a passage, at least the end."""
    for block in found.blocks:
        for passage in passages:
            if passage.start <= block.start < passage.end:
                heads = [found.text[lead.start : lead.end] for lead in block.leads]
                assert [head for head in heads if head[-30:] not in passage.text and head not in passage.leads] == []


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_the_program_documents(source_id: str) -> None:
    check(DOCUMENTS[source_id])


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_only_headings_with_nothing_under_them_lie_in_no_passage(source_id: str) -> None:
    found = DOCUMENTS[source_id]
    passages = split(found)
    outside = [
        found.text[block.start : block.end]
        for block in found.blocks
        if not any(each.start <= block.start and block.end <= each.end for each in passages)
    ]
    footer = "For more information, please visit www.CalDuals.org and www.CalMediConnectLA.org or call 888-522-1298."
    expected = {
        "dhcs-cci-page": ["Coordinated Care Initiative and Cal MediConnect", "Adopted Legislation"],
        "la-care-brochure": ["About Cal MediConnect", "L.A. Care’s Commitment"],
        "health-net-manual": ["Cal MediConnect"],
        "dhcs-medi-medi-fact-sheet": [
            "California Advancing and Innovating Medi-Cal (CalAIM) Medicare Medi-Cal Plans (MMPs or Medi-Medi Plans)"
        ],
        "chcf-in-alignment": [
            "In Alignment: CalAIM’s Plan to Coordinate Care for Dual Enrollees in Medicare and Medi-Cal"
        ],
    }
    assert [words for words in outside if words != footer] == expected[source_id]


@pytest.mark.parametrize("seed", range(40))
def test_documents_made_by_chance(tmp_path: Path, seed: int) -> None:
    check(document(tmp_path, "a.md", random_text(seed)))


def test_a_long_paragraph_is_cut_between_sentences(tmp_path: Path) -> None:
    text = " ".join(f"Sentence number {at} says that the plan covers {at} visits a year." for at in range(100))
    found = document(tmp_path, "a.txt", text)
    passages = check(found)
    assert " ".join(each.text for each in passages) == text
    assert min(len(each.text) for each in passages[:-1]) > MAX_CHARS // 2
    assert {each.text[-1] for each in passages} == {"."}


def test_a_long_list_keeps_its_head_in_every_part(tmp_path: Path) -> None:
    items = "\n".join(f"- Service number {at}, which is covered at home and abroad" for at in range(80))
    found = document(tmp_path, "a.txt", f"Benefits\n\nThe plan covers everything, excluding:\n\n{items}\n")
    first, *others = check(found)
    assert first.text.startswith("Benefits\n\nThe plan covers everything, excluding:\n\n- Service number 0,")
    assert first.leads == ()
    assert len(others) > 4
    assert {each.leads for each in others} == {("The plan covers everything, excluding:",)}
    assert {each.headings for each in others} == {("Benefits",)}


def test_a_list_that_fits_is_not_cut(tmp_path: Path) -> None:
    items = "\n".join(f"- Service number {at}, which is covered" for at in range(25))
    found = document(tmp_path, "a.txt", f"Rules\n\nThe plan covers:\n\n{items}\n\nIt is free.\n")
    assert len(found.text) > MAX_CHARS
    assert [(each.text[:5], each.text[-11:]) for each in check(found)] == [
        ("Rules", " is covered"),
        ("It is", "It is free."),
    ]


def test_one_line_of_5000_characters(tmp_path: Path) -> None:
    text = " ".join(f"The plan pays for visit {at} at home." for at in range(140))[:4999] + "."
    found = document(tmp_path, "a.txt", text)
    assert " ".join(each.text for each in check(found)) == text


def test_one_sentence_of_5000_characters_is_all_there(tmp_path: Path) -> None:
    text = " ".join(f"word{at}" for at in range(700))[:5000]
    found = document(tmp_path, "a.txt", text)
    passages = split(found)
    assert [found.text[each.start : each.end] for each in passages] == [each.text for each in passages]
    assert " ".join(each.text for each in passages) == text
    assert max(len(each.text) for each in passages) <= MAX_UNIT_CHARS


def test_a_long_sentence_is_not_cut_inside_a_word(tmp_path: Path) -> None:
    words = [f"word{at}" for at in range(700)]
    found = document(tmp_path, "a.txt", " ".join(words))
    assert [word for each in split(found) for word in each.text.split()] == words


def test_300_headings(tmp_path: Path) -> None:
    text = "\n\n".join(f"## Heading {at}\n\nThe text under heading {at} is this." for at in range(300))
    passages = check(document(tmp_path, "a.md", text))
    assert [each.headings for each in passages] == [(f"Heading {at}",) for at in range(300)]
    assert [each.text for each in passages] == [
        f"Heading {at}\n\nThe text under heading {at} is this." for at in range(300)
    ]


def test_markdown_headings_nest(tmp_path: Path) -> None:
    text = "# Top\n\nOne is here.\n\n### Deep\n\nTwo is here.\n\n## Middle\n\nThree is here.\n"
    found = document(tmp_path, "a.md", text)
    assert [each.headings for each in check(found)] == [("Top",), ("Top", "Deep"), ("Top", "Middle")]


def test_a_repeated_footer_is_one_passage_under_each_heading(tmp_path: Path) -> None:
    rules = [" ".join(f"The plan has rule {at} of part {part}." for at in range(40)) for part in range(3)]
    text = "\n\n".join(f"## Part {part}\n\n{rules[part]}\n\nCall the plan." for part in range(3))
    passages = check(document(tmp_path, "a.md", text))
    assert [each.text for each in passages].count("Call the plan.") == 3


def test_many_sentences_on_one_line_are_quick(tmp_path: Path) -> None:
    text = " ".join(f"Dr. No. {at} of L.A. Care sees members at home." for at in range(8000))
    found = document(tmp_path, "a.txt", text)
    began = time.monotonic()
    assert len(said(found)) == 8000
    assert len(split(found)) > 400
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Who sees you. He is here.", ["Dr. Who sees you.", "He is here."]),
        ("L.A. Care pays. It does.", ["L.A. Care pays.", "It does."]),
        ("Medicare Part B. It pays.", ["Medicare Part B.", "It pays."]),
        ("It costs 1.5 dollars. Yes!", ["It costs 1.5 dollars.", "Yes!"]),
        ("“It is free.” It is.", ["“It is free.”", "It is."]),
        ("Call (or write.) Then wait…", ["Call (or write.)", "Then wait…"]),
        ("See www.calduals.org. It helps.", ["See www.calduals.org.", "It helps."]),
        ("免费。请打电话！", ["免费。", "请打电话！"]),
        ("No end", ["No end"]),
    ],
)
def test_sentence_ends(text: str, parts: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text, 0, len(text))] == parts


def test_sentences_stay_inside_their_stretch() -> None:
    assert list(sentences("One. Two. Three.", 5, 9)) == [Span(5, 9)]


def test_a_list_of_phone_numbers_without_bullets_is_found(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", "Contacts\nFirst office, room 1\nSecond office, room 2\nThird office, room 3\n")
    assert "First office, room 1" in " ".join(each.text for each in split(found))


def test_the_same_words_under_another_heading_are_kept(tmp_path: Path) -> None:
    rule = "The plan has a rule on it and this is the rule that it has. " * 13
    text = f"## Plan A\n\n{rule}\n\nThe copay is high.\n\n## Plan B\n\n{rule}And so on.\n\nThe copay is high.\n"
    found = split(document(tmp_path, "a.md", text))
    assert [each.headings for each in found if "copay" in each.text] == [("Plan A",), ("Plan B",)]


def test_a_sentence_lies_in_one_passage_with_the_one_it_leans_on(tmp_path: Path) -> None:
    pairs = (f"The plan has rule number {at} for visits. They are free of charge for members." for at in range(40))
    check(document(tmp_path, "a.txt", " ".join(pairs)))
