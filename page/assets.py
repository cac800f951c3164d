"""The page's own styles and scripts, under an address that changes with them, so that browsers may keep them."""

from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent
STYLES = ("page.css", "answer.css")
PRINT_STYLE = "print.css"
# Sets colors, text size and language before anything is shown.
FIRST_SCRIPT = "prefs.js"
MAIN_SCRIPT = "page.js"
_MODULES = ("asking.js", "dom.js", "source.js", "tools.js", "waiting.js")
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FILES = {name: (_HERE / name).read_bytes() for name in (*STYLES, PRINT_STYLE, FIRST_SCRIPT, MAIN_SCRIPT, *_MODULES)}
VERSION = sha256(b"".join(FILES.values())).hexdigest()[:12]


def asset_type(name: str) -> str:
    """The content type of a file by its name."""
    return _TYPES[Path(name).suffix]


def head() -> str:
    """The lines of a page's head that load them."""
    styles = "".join(f'<link rel="stylesheet" href="{_address(name)}">' for name in STYLES)
    # The browser learns of the modules at once, and not only when the main one has come.
    early = "".join(f'<link rel="modulepreload" href="{_address(name)}">' for name in _MODULES)
    return (
        f'<script src="{_address(FIRST_SCRIPT)}"></script>{styles}'
        f'<link rel="stylesheet" href="{_address(PRINT_STYLE)}" media="print">{early}'
        f'<script type="module" src="{_address(MAIN_SCRIPT)}"></script>'
    )


def _address(name: str) -> str:
    return f"assets/{VERSION}/{name}"
