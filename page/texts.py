"""The page's fixed words for people, besides those of answers; they stand in the corpus's texts.toml."""

from assistant.answer import Role
from ingest.texts import fixed_text


def label(key: str, language: str = "en", **values: object) -> str:
    """The text of that key in a language, with its values filled in; in English where it has not been translated."""
    words = fixed_text(f"page.{key}", language)
    return words.format(**values) if values else words


NAME = "Duals Navigator"
LEAD = label("lead")
QUESTION_LABEL = label("question_label")
PRIVACY_HINT = label("privacy_hint")
ROLE_LABEL = label("role_label")
ROLES = ((label("role_beneficiary"), Role.BENEFICIARY.value), (label("role_staff"), Role.STAFF.value))
STARTERS_TITLE = label("starters_title")
# Each was asked of the shipped documents and is answered by words of theirs.
STARTERS = (
    "What happened to Cal MediConnect?",
    "How do I get on Cal MediConnect?",
    "What is a Medi-Medi Plan?",
    "Which counties have Medi-Medi Plans?",
    "Can I keep my doctor?",
    "Do the plans cover rides to medical visits?",
)
SEARCHING = label("searching")
READY = label("ready")
LIMITS = label("limits")
ASK = label("ask")
START_OVER = label("start_over")
