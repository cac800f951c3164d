"""PDF bytes -> the text of each page. The only module that uses pypdf."""

import io


def pdf_text(content: bytes) -> list[str]:
    """The text of each page, in order, form feeds removed; raises ValueError with the reason when it can't be read."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("is locked with a password; save a copy without it")
        return [page.extract_text().replace("\f", "\n") for page in reader.pages]
    except ValueError:
        raise
    except Exception as fault:
        # Besides its own errors pypdf raises many others, on broken files and on what it would need a package for.
        raise ValueError(f"is not a PDF that can be read ({type(fault).__name__}: {fault})") from fault
