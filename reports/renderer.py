"""What drew a report, as a version: two reports of one version are drawn the same from the same snapshot, byte for byte.

The renderer's own number says what a person changed on purpose; the sum behind it says that anything at all has changed
that may move a byte: programs, fonts, catalogues of words, libraries.
"""

import hashlib
import zlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings

from reports import pdf

_DRAWN_BY = (
    "reports/compose",
    "reports/document",
    "reports/html",
    "reports/pdf",
    "reports/choices.py",
    "reports/generation.py",
    "reports/snapshot.py",
    "plan_pages/domain",
    "plan_pages/exchange/workbook",
    "plan_pages/spreadsheet",
    "plan_pages/choices.py",
    "plan_pages/formats.py",
    "plan_pages/funds.py",
    "plan_pages/languages.py",
)
_LIBRARIES = ("reportlab", "babel", "pypdf", "openpyxl", "django")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _drawn_by() -> Iterator[Path]:
    """The programs, letters and catalogues of words, in a fixed order."""
    root = Path(__file__).resolve().parents[1]
    for place in _DRAWN_BY:
        path = root / place
        if path.is_file():
            yield path
        else:
            yield from sorted(each for each in path.rglob("*") if each.is_file() and each.suffix != ".pyc")
    folders = [*map(Path, settings.LOCALE_PATHS), root / "reports" / "locale", root / "plan_pages" / "locale"]
    for folder in folders:
        yield from sorted(folder.glob("*/LC_MESSAGES/django.mo"))


def _found() -> str:
    drawn_by = hashlib.sha256()
    for path in _drawn_by():
        drawn_by.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        drawn_by.update(f"{name} {_version(name)}\0".encode())
    # Streams are packed by zlib; another release may pack them otherwise.
    drawn_by.update(zlib.ZLIB_RUNTIME_VERSION.encode())
    return f"{pdf.VERSION}+{drawn_by.hexdigest()[:16]}"


# When the programs are loaded, not when it is first asked for: by then an update may have laid new ones on the disk.
_RENDERER = _found()


def renderer_version() -> str:
    return _RENDERER
