"""Whether the archive still is what it was: sums of every stored file, and reports made again from their snapshots."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db import connection
from django.utils.translation import gettext as _

from reports import files, insert_only
from reports.choices import FileFormat
from reports.generation import make_report
from reports.models.editions import Edition, EditionFile
from reports.pdf.comparison import Outcome, compare
from reports.renderer import renderer_version


@dataclass(frozen=True, slots=True)
class Finding:
    """Of one file, or of the archive as a whole (`what` says which). `fault`: "" where all is well."""

    what: str
    check: str
    fault: str = ""


def verify(*, remake: bool = True) -> Iterator[Finding]:
    """Everything, edition by edition, the oldest first. Nothing is changed."""
    missing = insert_only.expected(connection.vendor) - insert_only.installed(connection)
    yield Finding(
        _("Protection of editions in the database"),
        "triggers",
        _("These are missing: %(names)s.") % {"names": ", ".join(sorted(missing))} if missing else "",
    )
    for edition in Edition.objects.select_related("edition_before", "chapter").order_by("pk").iterator():
        yield from _edition(edition, remake)


def _edition(edition: Edition, remake: bool) -> Iterator[Finding]:
    kept: dict[tuple[str, str], bytes] = {}
    for file in edition.files.all():
        fault, content = _sum(file)
        yield Finding(str(file), "sum", fault)
        if content is not None:
            kept[file.language, file.format] = content
    try:
        snapshot = edition.snapshot
        previous = edition.edition_before.snapshot if edition.edition_before else None
    except ValueError as error:
        yield Finding(str(edition), "snapshot", str(error))
        return
    data = kept.get(("", FileFormat.DATA.value))
    fault = _("The file of the data is not the snapshot.") if data is not None and data != snapshot else ""
    yield Finding(str(edition), "snapshot", fault)
    if remake:
        yield from _remade(edition, snapshot, previous, kept)


def _sum(file: EditionFile) -> tuple[str, bytes | None]:
    try:
        content = files.read(file.path)
    except OSError as error:
        return _("The file cannot be read: %(reason)s.") % {"reason": error.strerror or error}, None
    if len(content) != file.size or files.sum_of(content) != file.sum:
        return _("The file was changed: its sum is another."), None
    return "", content


def _remade(
    edition: Edition, snapshot: bytes, previous: bytes | None, kept: dict[tuple[str, str], bytes]
) -> Iterator[Finding]:
    is_ours = edition.renderer == renderer_version()
    for language in edition.languages:
        try:
            made = make_report(
                snapshot,
                edition.kind_choice,
                edition.period_value,
                language,
                previous=previous,
                chapter=edition.chapter_code,
            )
        except Exception as error:  # whatever it is: this report cannot be made again, and the others must be looked at
            yield Finding(f"{edition} · {language}", "remade", str(error) or type(error).__name__)
            continue
        for kind, content in made.files().items():
            before = kept.get((language, kind.value))
            if before is not None:
                what = f"{edition} · {language}.{kind}"
                yield Finding(what, *(_bytes(before, content) if is_ours else _text(kind, before, content)))


def _bytes(kept: bytes, made: bytes) -> tuple[str, str]:
    return "bytes", "" if kept == made else _("Made again by the same renderer, the file has other bytes.")


def _text(kind: FileFormat, kept: bytes, made: bytes) -> tuple[str, str]:
    fault = _("Made again by this renderer, the report has another text.")
    if kind is FileFormat.PDF:
        # The renderer's own number may be the same, and a library another: the text alone is asked for here.
        found = compare(made, kept)
        words = f" “{found.before}” → “{found.now}”" if found.before or found.now else ""
        return "text", "" if found.is_same or found.outcome is Outcome.OTHER_BYTES else fault + words
    return "text", "" if _words(kept) == _words(made) else fault


class _Words(HTMLParser):
    """The text of a page, without its style."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.is_style = False

    def handle_data(self, data: str) -> None:
        if not self.is_style:
            self.found.append(data)


def _words(page: bytes) -> str:
    parser = _Words()
    parser.feed(page.decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", " ".join(parser.found)).strip()
