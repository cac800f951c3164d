"""Which numbers in a message name a person, and how they are taken out before anything is kept, sent or searched."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SOCIAL_SECURITY = "Social Security number"
MEDICARE = "Medicare number"
MEDI_CAL = "Medi-Cal number"

_REMOVED = "[number removed]"

# What people put between the groups of a number: blanks, dashes of any kind, dots, strokes, marks that are not seen.
_SEPARATORS = r" \t\-\u2010-\u2015\u2212./_\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SOME, _ANY = f"[{_SEPARATORS}]{{1,3}}", f"[{_SEPARATORS}]{{0,3}}"
# Not \b: a number may stand right beside Chinese, Korean or Arabic letters. Not inside a longer number or an amount.
_START, _END = r"(?<![A-Za-z\d])(?<!\d[.\-])(?<!\$)(?<!\$ )", r"(?![A-Za-z\d])"
_TOLL_FREE = "8(?:00|33|44|55|66|77|88)"
_YEAR = r"(?:19|20)\d\d"

_NOT_IDENTIFIERS = re.compile(
    rf"{_START}(?:\+?1{_ANY})?(?:\(\d{{3}}\){_ANY}|\d{{3}}{_SOME})\d{{3}}{_SOME}\d{{4}}{_END}"
    rf"|{_START}(?:\+?1{_ANY})?{_TOLL_FREE}(?:\d{{7}}|{_ANY}[A-Za-z]{{4,10}}){_END}"
    rf"|{_START}(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}){_END}"
)

_NINE = rf"(?:\d{{9}}|\d{{3}}{_SOME}\d{{2}}{_SOME}\d{{4}})"
# The format of CMS: eleven places, letters and digits in a fixed order. The letters that CMS leaves out (S, L, O, I, B,
# Z) are taken too, as people misread them.
_MBI = _ANY.join(["[1-9]", "[A-Z]", r"[A-Z\d]", r"\d", "[A-Z]", r"[A-Z\d]", r"\d", "[A-Z]", "[A-Z]", r"\d", r"\d"])
_RAILROAD = "(?:WCA|WCD|WCH|CA|WA|WD|WH|MA|MH|PA|PD|PH|JA|A|H)"

_SHAPES = (
    (MEDICARE, rf"(?i:{_START}{_MBI}{_END})"),
    # The claim numbers of before 2020: a Social Security number with one or two places behind it or letters before it.
    (MEDICARE, rf"(?i:{_START}{_NINE}-?[A-Z][A-Z\d]?{_END})"),
    (MEDICARE, rf"{_START}{_NINE} [A-DTMWHJK]\d?{_END}(?! [a-z])"),
    (MEDICARE, rf"(?i:{_START}{_RAILROAD}[ -]?{_NINE}{_END})"),
    # A card number is the nine places of the client index number, a check digit, and four digits for the day of issue.
    (MEDI_CAL, rf"(?i:{_START}\d{{8}}-?[A-Z](?:{_ANY}\d{_ANY}\d{{4}}|-?\d)?{_END})"),
    (MEDI_CAL, rf"{_START}9\d{{3}}{_ANY}\d{{4}} ?[A-Z](?:{_ANY}\d{_ANY}\d{{4}}| ?\d)?{_END}"),
    (MEDI_CAL, rf"{_START}(?:\d{{14}}|\d\d-\d\d-\d{{7}}-\d-\d\d){_END}"),
    (SOCIAL_SECURITY, rf"{_START}(?:\d{{3}}{_SOME}\d{{2}}{_SOME}\d{{4}}|\d{{3}}-\d{{6}}){_END}"),
    (SOCIAL_SECURITY, rf"{_START}\d{{9}}{_END}(?!\.\d|,\d{{3}})"),
    (SOCIAL_SECURITY, rf"{_START}(?<!\d )\d(?:[ -]\d){{8}}{_END}(?![ -]\d)"),
)
_BY_SHAPE = tuple((kind, re.compile(shape)) for kind, shape in _SHAPES)

_NUMBER_WORD = r"(?:numbers?\b|num\b|nr\b|no\b|#|ids?\b|i\.d\.|card\b|beneficiary\b|claim\b|identifi\w+|code\b)"
_NUMERO = r"\bn[uú]m(?:ero)?s?\b\.? (?:de )?(?:mi |su |la |mi tarjeta |tarjeta |la tarjeta )?(?:de |del )?"
_CARD_NUMBERS = r" ?(?:號碼|号码|卡號|卡号|번호|카드 ?번호)"
_NAMES = (
    (SOCIAL_SECURITY, r"\bssns?\b|\bs\.s\.n\.?|\bss ?#|\bss (?:number|num|no)\b"),
    (SOCIAL_SECURITY, r"\bsocial\b(?! (?:security|services?|work\w*|media|care)\b)"),
    (SOCIAL_SECURITY, r"\bsocial sec(?:urity\b|\.)?(?: ?[:#=]| (?:number|num|no|id|card number)\b)"),
    (SOCIAL_SECURITY, r"\b(?:last|first) (?:\w{1,8} ){1,6}social security\b"),
    (
        SOCIAL_SECURITY,
        rf"{_NUMERO}seguro social\b|\bseguro social n[uú]m\w*|\b[uú]ltimos (?:\w{{1,8}} ){{1,6}}seguro social\b",
    ),
    (
        SOCIAL_SECURITY,
        "社會安全號碼|社会安全号码|社安號碼?|社安号码?|사회보장 ?번호|소셜 ?(?:시큐리티 ?)?번호|số an sinh(?: xã hội)?",
    ),
    (
        SOCIAL_SECURITY,
        r"номер (?:моего )?социального страхования|(?:رقم )?الضمان الاجتماعي|شماره (?:سوشال|ت[اأ]مین اجتماعی)",
    ),
    (SOCIAL_SECURITY, r"սոցիալական ապահով\w+ համար\w*|លេខសន្តិសុខសង្គម"),
    (MEDICARE, rf"\bmedicare(?:'s)? (?:\w{{1,12}} )?{_NUMBER_WORD}|\bmedicare ?#|\bmbi\b|\bhicn?\b"),
    (MEDICARE, rf"{_NUMERO}medicare\b|\btarjeta (?:de )?medicare\b|medicare{_CARD_NUMBERS}"),
    (MEDICARE, r"\bsố (?:thẻ )?medicare\b|\bномер (?:\w{1,12} )?medicare\b"),
    (
        MEDI_CAL,
        rf"\b(?:medi-? ?cal|medicaid) (?:\w{{1,12}} )?{_NUMBER_WORD}|\bmedi-? ?cal ?#|\b(?:bic|cin)\b|\bclient index\b",
    ),
    (MEDI_CAL, rf"\bbenefits identification card\b|{_NUMERO}medi-? ?cal\b|\btarjeta (?:de )?medi-? ?cal\b"),
    (
        MEDI_CAL,
        rf"(?:medi-? ?cal|白卡){_CARD_NUMBERS}|\bsố (?:thẻ )?medi-? ?cal\b|\bномер (?:\w{{1,12}} )?medi-? ?cal\b",
    ),
)
_BY_NAME = tuple((kind, re.compile(names, re.IGNORECASE)) for kind, names in _NAMES)
_FILLER = re.compile(
    r"""(?:[\s:=#*,()"'\-\u2010-\u2015]|[은는이가是为為]"""
    r"|\b(?:is|are|was|it|its|that|this|the|my|his|her|numbers?|num|no|id|card|of|on|last|first|4|four|digits?"
    r"|starts|with|ends? in|ending in|ends? with|ending with|es|son|termina en|terminan en|[uú]ltimos|cuatro|d[ií]gitos"
    r"|mi|su|de|del|n[uú]mero|là|số|это)\b){0,24}",
    re.IGNORECASE,
)
_GROUP = r"(?!\d{1,3} (?:years?|yrs?|a[nñ]os)\b)(?=[A-Za-z\d]{0,19}\d)[A-Za-z\d]{1,20}"
_IDENTIFIER = re.compile(rf"{_GROUP}(?:[{_SEPARATORS}]{{1,3}}{_GROUP}){{0,6}}(?![A-Za-z\d])")
_AMOUNT = re.compile(r"\s?(?:(?:an?|per|each|every|/)\s?mo|monthly|dollars|d[oó]lares|al mes|bucks)", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    rf"{_START}\d{{4}}{_END}(?= (?:is|are|es|son) (?:\w{{1,8}} ){{0,3}}(?:last|[uú]ltimos) "
    r"(?:\w{1,8} ){0,6}(?:ssn|social)\b)",
    re.IGNORECASE,
)
# Four digits are the least that people give of a number ("the last four of my social").
_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Masked:
    """A message without its identifiers, and the kinds that were taken out, each once, in order."""

    text: str
    removed: tuple[str, ...]


def mask(message: str) -> Masked:
    """The message in Unicode form NFKC, with "[number removed]" for each identifier of a person."""
    text = unicodedata.normalize("NFKC", message)
    parts, removed, kept_to = [], dict[str, None](), 0
    for start, end, kind in sorted(_identifiers(text)):
        parts += [text[kept_to:start], _REMOVED]
        removed[kind] = None
        kept_to = end
    return Masked("".join([*parts, text[kept_to:]]), tuple(removed))


def _identifiers(text: str) -> Iterator[tuple[int, int, str]]:
    """Where identifiers stand, none over another; what was taken first, a telephone number too, is not taken again."""
    taken = bytearray(len(text))
    for kind, start, end in _candidates(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            if kind:
                yield start, end, kind


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    yield from (("", *match.span()) for match in _NOT_IDENTIFIERS.finditer(text))
    for kind, shape in _BY_SHAPE:
        yield from ((kind, *match.span()) for match in shape.finditer(text))
    yield from ((SOCIAL_SECURITY, *match.span()) for match in _NAMED_AFTER.finditer(text))
    for kind, names in _BY_NAME:
        for name in names.finditer(text):
            if span := _named(text, kind, name.end()):
                yield kind, *span


def _named(text: str, kind: str, end_of_name: int) -> tuple[int, int] | None:
    """The span of the identifier that follows its name, if it is one and not a year or an amount."""
    filler = _FILLER.match(text, end_of_name)
    match = _IDENTIFIER.match(text, filler.end() if filler else end_of_name)
    if not match or sum(letter.isdigit() for letter in match[0]) < _FEWEST_DIGITS or _AMOUNT.match(text, match.end()):
        return None
    is_year = (
        kind != SOCIAL_SECURITY and re.fullmatch(_YEAR, match[0]) and not text[end_of_name : match.start()].strip()
    )
    return None if is_year else match.span()
