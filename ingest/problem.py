"""What `python -m ingest check` finds: one line a problem, and notes that stop nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: in which file, of which entry, and why."""

    file: str
    entry: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.reason}" if self.entry else f"{self.file}: {self.reason}"
