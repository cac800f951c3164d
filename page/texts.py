"""The page's fixed words for people, besides those of answers."""

from assistant.answer import Role

NAME = "Duals Navigator"
LEAD = "Answers from official documents for people in California who have both Medicare and Medi-Cal."
QUESTION_LABEL = "Your question"
PRIVACY_HINT = "Please don't type your Social Security, Medicare or Medi-Cal number."
ROLE_LABEL = "Who is asking?"
ROLES = (
    ("I'm asking for myself or family", Role.BENEFICIARY.value),
    ("I'm call-center staff", Role.STAFF.value),
)
STARTERS_TITLE = "People often ask"
# Each was asked of the shipped documents and is answered by words of theirs.
STARTERS = (
    "What happened to Cal MediConnect?",
    "How do I get on Cal MediConnect?",
    "What is a Medi-Medi Plan?",
    "Which counties have Medi-Medi Plans?",
    "Can I keep my doctor?",
    "Do the plans cover rides to medical visits?",
)
SEARCHING = "Searching the documents…"
LIMITS = (
    "This program quotes official documents. It is not a doctor, a nurse or a health plan, and it can't decide "
    "what you qualify for. Your questions are not saved."
)
