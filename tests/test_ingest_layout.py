"""The five program documents as ingest reads them, and the repairs one by one."""

from pathlib import Path

import pytest
from ingest_fixtures import (
    BROCHURE,
    CHCF,
    DHCS,
    FACT_SHEET,
    HEALTH_NET,
    document,
    headings,
    leads_of,
    said,
    shipped_documents,
)

from ingest.layout import lay_out
from ingest.structure import statements

RAW = {source_id: raw for source_id, (raw, _) in shipped_documents().items()}
DOCUMENTS = {source_id: found for source_id, (_, found) in shipped_documents().items()}
PHONE = "888-522-1298"


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_pages_of_the_brochure_are_known() -> None:
    text, starts = DOCUMENTS[BROCHURE].text, DOCUMENTS[BROCHURE].page_starts
    assert [text[start:].split("\n", 1)[0] for start in starts] == [
        "Complete, Coordinated Care",
        "Medicare & Medi-Cal Separate: Fragmented Under MediConnect: Coordinated",
        "Timeline",
        "L.A. Care’s Commitment",
    ]
    assert {source_id: found.page_starts for source_id, found in DOCUMENTS.items() if source_id != BROCHURE} == {
        DHCS: (),
        HEALTH_NET: (),
        FACT_SHEET: (),
        CHCF: (),
    }


def test_page_numbers_are_taken_off_the_phone_number() -> None:
    found = DOCUMENTS[BROCHURE]
    places = [at for at in range(len(found.text)) if found.text.startswith(PHONE, at)]
    assert [found.text[at : at + 14].strip() for at in places] == [PHONE + "."] * 4
    assert [found.page_at(at) for at in places] == [1, 2, 3, 4]
    assert found.page_at(found.text.index("Choose to Opt Out")) == 2
    assert DOCUMENTS[DHCS].page_at(10) is None


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_every_letter_stands_at_its_place_in_the_file(source_id: str) -> None:
    found, raw = DOCUMENTS[source_id], RAW[source_id]
    places = [(found.original_offset(at), letter) for at, letter in enumerate(found.text) if letter.isalnum()]
    assert [(at, raw[at]) for at, _ in places] == places
    assert all(before < after for (before, _), (after, _) in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_nothing_is_lost_but_navigation_and_page_numbers(source_id: str) -> None:
    raw = RAW[source_id].replace("Skip to Main Content", "")
    for page in range(1, 5):
        raw = raw.replace(f"{PHONE}.{page}", PHONE)
    assert letters(DOCUMENTS[source_id].text) == letters(raw)


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_no_navigation_words_and_no_markup_are_left(source_id: str) -> None:
    text = DOCUMENTS[source_id].text
    assert [mark for mark in ("Skip to", "**", "##", "](", "\u00a0") if mark in text] == []


def test_narrow_columns_are_joined() -> None:
    assert DOCUMENTS[BROCHURE].text.split("\n\n")[:6] == [
        "Complete, Coordinated Care",
        "People with Medicare and Medi-Cal will no longer have to coordinate care all on their own, or experience the "
        "frustration of poor communication and support due to fragmented funding and services.",
        "More Benefits at No Extra Cost",
        "People with Medicare and Medi-Cal will receive all the coverage they have now, but it will be blended into "
        "ONE PLAN. They will also get extra benefits and more personal help.",
        "Choice of Plans",
        "L.A. Care is one of five well-respected health plans offering Cal MediConnect in Los Angeles County.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "including their Managed Long-Term Services and Supports (MLTSS) benefits.",
        "you will be paid at the Medicare and Medi-Cal fee-for-service rates.",
        "For more information visit our website at www.calmediconnectla.org.",
    ],
)
def test_words_cut_at_a_line_end_are_whole_again(words: str) -> None:
    assert words in DOCUMENTS[BROCHURE].text


def test_a_sentence_without_a_blank_after_its_end_is_two() -> None:
    found = said(DOCUMENTS[BROCHURE])
    at = found.index(
        "An individual can participate in the program by choosing a participating Cal MediConnect health plan."
    )
    assert found[at + 1] == (
        "All of the patient’s Medi-Cal and Medicare benefits will be administered by the one health plan of their "
        "choice, which will better streamline and coordinate services and benefits."
    )


def test_bullets_with_soft_line_ends_are_whole() -> None:
    found = DOCUMENTS[BROCHURE]
    items = [found.text[block.start : block.end] for block in found.blocks if block.kind == "item"]
    assert items[:10] == [
        "Supplemental dental",
        "Vision care, including eye glasses",
        "Non-emergency transportation",
        "Behavioral health services",
        "Access to a regular source of care",
        "Coordinated care among multiple entities",
        "Services and member materials are provided in the member’s language",
        "Customer service 24-hours a day, 7 days a week, including holidays",
        "Help with chronic disease management",
        "Additional resources such as a free nurse advice line and free health education classes",
    ]


def test_each_column_list_has_its_own_head() -> None:
    found = DOCUMENTS[BROCHURE]
    by_head: dict[str, list[str]] = {}
    for each in statements(found):
        head = found.text[each.leads[-1].start : each.leads[-1].end] if each.leads else ""
        by_head.setdefault(head, []).append(found.text[each.start : each.end])
    assert by_head["Medicare & Medi-Cal Separate: Fragmented"] == [
        "Two separate sets of benefits",
        "Several health insurance cards",
        "Several telephone numbers to call for support",
        "Multiple physicians with little coordination or communication among them",
        "Little help in finding physicians and specialists",
    ]
    assert by_head["Under MediConnect: Coordinated"] == [
        "One health plan",
        "One health insurance card",
        "One telephone number to call",
        "Coordination between physicians, pharmacists, specialists and other providers",
        "A care coordinator to help navigate",
    ]


@pytest.mark.parametrize(
    "exclusion",
    [
        "Intermediate care facility for the intellectually disabled",
        "County-administered Medi-Cal specialty mental health services",
        "State and county activities to administer in-home specialty services",
        "Medi-Cal dental services, known as Denti-Cal.",
    ],
)
def test_exclusions_carry_both_list_heads(exclusion: str) -> None:
    assert leads_of(DOCUMENTS[HEALTH_NET], exclusion) == (
        "Health Net Cal MediConnect covered services are as follows:",
        "All standard Medi-Cal fee-for-service (FFS) benefits, excluding:",
    )


def test_what_follows_the_exclusions_is_covered_again() -> None:
    assert len(leads_of(DOCUMENTS[HEALTH_NET], "In San Diego, unlimited non-emergency")) == 1


def test_markdown_headings_and_links_read_as_words() -> None:
    found = DOCUMENTS[FACT_SHEET]
    assert headings(found) == [
        "California Advancing and Innovating Medi-Cal (CalAIM) Medicare Medi-Cal Plans (MMPs or Medi-Medi Plans)",
        "The Issue",
        "Faces of CalAIM: Meet Josephine",
        "Advancing Coordinated Care for Dual Eligible Members",
        "Positive Impact of CalAIM's Medicare Medi-Cal Plans",
    ]
    assert "is establishing Medicare Medi-Cal Plans (MMPs or Medi-Medi Plans). Medi-Medi" in found.text
    assert "transition to Medi-Medi Plans promotes the goals of CalAIM and the California Master Plan" in found.text


def test_headings_of_the_state_page() -> None:
    assert headings(DOCUMENTS[DHCS]) == [
        "Coordinated Care Initiative and Cal MediConnect",
        "Return to Integrated Care for Dual Eligible Beneficiaries",
        "Major Parts of the Coordinated Care Initiative",
        "What's New with Cal MediConnect",
        "Quarterly CCI Stakeholder Webinar",
        "General Information",
        "CCI Fact Sheets",
        "Adopted Legislation",
        "Earlier Versions of the Legislative Language",
    ]


def test_numbered_items_keep_their_numbers_in_place(tmp_path: Path) -> None:
    raw = "Steps\n\n   1. Call the plan\n\n   2. Ask for help\n"
    found = document(tmp_path, "a.txt", raw)
    assert found.text == "Steps\n\n1. Call the plan\n\n2. Ask for help"
    assert [raw[found.original_offset(found.text.index(number))] for number in "12"] == ["1", "2"]
    assert said(found) == ["Call the plan", "Ask for help"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_read_alike(line_end: str) -> None:
    raw = "A heading\n\nThe plan pays for care that\nyou need at home, and for\nrides.\n\n- One\n- Two\n"
    found = lay_out(raw.replace("\n", line_end))
    assert found.text == ("A heading\n\nThe plan pays for care that you need at home, and for rides.\n\n- One\n- Two")


def test_form_feeds_are_pages_and_lone_page_numbers_go() -> None:
    found = lay_out("First page here.\n1\n\fSecond page here.\n2\n\f\fFourth page, on 3 things.\n4\n")
    assert found.text == "First page here.\n\nSecond page here.\n\nFourth page, on 3 things."
    assert [found.text[start:].split(".", 1)[0] for start in found.page_starts] == [
        "First page here",
        "Second page here",
        "Fourth page, on 3 things",  # page 3 is empty
        "Fourth page, on 3 things",
    ]


def test_a_number_that_is_not_the_page_stays() -> None:
    assert lay_out("You pay at most this.\n45\n\fSecond page here.\n2\n").text.startswith("You pay at most this.\n\n45")


@pytest.mark.parametrize("raw", ["", "\n\n", "\f", "Skip to Main Content\n", "\ufeff \u00a0\n"])
def test_nothing_gives_nothing(raw: str) -> None:
    assert (lay_out(raw).text, lay_out(raw).blocks) == ("", ())


def test_soft_hyphens_do_not_split_words() -> None:
    assert lay_out("The coordi\u00adnation of care is free.").text == "The coordination of care is free."


def test_section_numbers_are_not_page_numbers() -> None:
    raw = (
        "See the Evidence of Coverage 2023, Section 4.1\nIt is free.\nSee the Evidence of Coverage 2023, Section 4.2\n"
    )
    assert "Section 4.1" in lay_out(raw).text


def test_sentences_before_a_list_head_are_statements() -> None:
    where = "Health Net offers Cal MediConnect to dual-eligible beneficiaries in Los Angeles and San Diego counties."
    assert where in said(DOCUMENTS[HEALTH_NET])
