"""The corpus's prepared knowledge as values: programs, updates, contacts, terms, prepared answers, and known gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.records import Quote

ASIDE_KINDS = ("crisis", "emergency", "off_topic", "thanks", "hello", "assistant", "none")
# "past": what it was goes on in other programs, and the documents give it no end of its own.
PROGRAM_STATUSES = ("ended", "past", "open", "unknown")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of ours and the words that prove it; `id` names it for translations."""

    id: str
    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A program, its names, and whether it still runs; `notice` says so in proved sentences."""

    id: str
    name: str
    aliases: tuple[str, ...]
    status: str  # one of PROGRAM_STATUSES
    ended: str
    successor: str
    notice: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """Our summary of a page that is newer than the documents."""

    id: str
    text: str
    url: str
    page: str
    """Whose page it is."""
    page_date: str
    checked_on: str
    """ISO date of the day the page was read."""
    certainty: str
    """"A": an official page or a law's text; "B": two pages, or one reputable one."""
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; the only phone numbers an answer may show besides a quoted one."""

    id: str
    who: str
    number: str
    purpose: str
    hours: str
    tty: str
    url: str
    page_date: str
    certainty: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of question, known by its words, and the contacts that help with it, best first."""

    id: str
    purpose: str
    words: tuple[str, ...]
    contacts: tuple[str, ...]
    advice: str = ""
    """What to know before calling, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: what it stands for, and what it means in plain words."""

    id: str
    name: str
    full: str
    meaning: str
    aliases: tuple[str, ...]
    misspellings: tuple[str, ...]
    quotes: tuple[Quote, ...]
    page: str
    """Whose page explains it, where no document does."""
    url: str
    page_date: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its correct names."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.full, *self.aliases))))


@dataclass(frozen=True, slots=True)
class Prepared:
    """One sentence of a prepared answer and what holds it: quotes, or the ids of an update, a notice or a contact."""

    text: str
    quotes: tuple[Quote, ...] = ()
    update: str = ""
    fact: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What an entry and a gap have in common."""

    id: str
    topic: str
    """An entry's label; of a gap, words that complete "The documents do not say ..."."""
    asks: tuple[str, ...]
    """Ways people ask, in English."""
    quotes: tuple[Quote, ...] = ()
    """The words of the documents that answer, best first; of a gap, the nearest thing they say."""
    plain: tuple[Prepared, ...] = ()
    """The answer for beneficiaries, at grade 6 or below; of a gap, the nearest thing in plain words."""
    staff: tuple[Prepared, ...] = ()
    """The answer in exact terms."""
    contacts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    other_asks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Ways people ask in other languages, by language."""

    @property
    def all_asks(self) -> tuple[str, ...]:
        """Ways people ask, English first."""
        return (*self.asks, *(ask for asks in self.other_asks.values() for ask in asks))


@dataclass(frozen=True, slots=True)
class Entry(Topic):
    """A topic that the documents answer, and under which conditions the answer holds."""

    programs: tuple[str, ...] = ()
    plan: str = ""
    county: str = ""
    who: str = ""
    unsaid: str = ""
    """What the documents leave open; completes "The documents do not say ..."."""
    question: str = ""
    """The question that it answers, well put; offered to who asked about something near."""
    often: bool = False
    """Whether it is among those asked most, which are translated first."""


@dataclass(frozen=True, slots=True)
class Gap(Topic):
    """What people ask and the documents do not answer; `updates` are newer facts that answer it or part of it."""

    updates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """What people ask about an entry's subject that neither it nor any document says, by language."""

    entry: str
    asks: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Aside:
    """Messages that are no question for the documents, or (kind "none") only sound so.

    The kinds: "crisis", "emergency", "off_topic", "thanks", "hello", and "assistant", for who it is that answers.
    """

    id: str
    kind: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, as one index holds it."""

    programs: tuple[Program, ...] = ()
    contacts: tuple[Contact, ...] = ()
    entries: tuple[Entry, ...] = ()
    gaps: tuple[Gap, ...] = ()
    details: tuple[Detail, ...] = ()
    asides: tuple[Aside, ...] = ()
    updates: tuple[Update, ...] = ()
    routes: tuple[Route, ...] = ()
    terms: tuple[Term, ...] = ()
    reviewed: dict[str, str] = field(default_factory=dict)
    """By id of an entry, gap or term as it stands now: by whom and when a person reviewed it."""

    @property
    def facts(self) -> dict[str, Fact]:
        """The programs' notices by id."""
        return {fact.id: fact for program in self.programs for fact in program.notice}

    @property
    def topics(self) -> Sequence[Topic]:
        """Entries, then gaps: the order in which the vectors of asks are kept."""
        return (*self.entries, *self.gaps)

    def program(self, program_id: str) -> Program | None:
        """The program of that id, if there is one."""
        return next((program for program in self.programs if program.id == program_id), None)

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of that id, if there is one."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)

    def update(self, update_id: str) -> Update | None:
        """The update of that id, if there is one."""
        return next((update for update in self.updates if update.id == update_id), None)
