"""A StratML file read into a plan, or into the reason why it is refused. Touches no database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Frequency
from plan_pages.domain.plan import Plan
from plan_pages.exchange.stratml import identifiers, texts
from plan_pages.exchange.stratml.goals import Chapters
from plan_pages.exchange.stratml.money import is_money
from plan_pages.exchange.stratml.notes import Notes, Outcome, Refused
from plan_pages.exchange.stratml.outline import outline
from plan_pages.exchange.stratml.reading import HEADING, Reading
from plan_pages.exchange.stratml.straighten import straighten
from plan_pages.exchange.stratml.tree import FILE_LIMIT, Element, parse
from plan_pages.exchange.stratml.vocabulary import PART_1

__all__ = ["looks_like_xml", "read"]

# What a file may say, as (sheet, column, translated) of the workbook.
_COLUMNS = (
    ("plan", "title", True), ("plan", "vision", True), ("plan", "frequency", False), ("plan", "currency", False),
    ("groups", "name", True), ("groups", "remit", True),
    ("chapters", "title", True), ("chapters", "summary", True), ("chapters", "group", False),
    ("chapters", "weight", False),
    *((sheet, column, True) for sheet in ("goals", "tasks", "measures") for column in ("title", "description")),
    *((sheet, "weight", False) for sheet in ("goals", "tasks", "measures")),
    *((sheet, "indicators", False) for sheet in ("goals", "tasks", "measures")),
    *(("measures", column, False) for column in ("responsible", "partners", "start", "end", "links", "tags")),
    ("measures", "milestones", False),
    *(("indicators", column, True) for column in ("name", "unit", "method", "source")),
    *(("indicators", column, False) for column in ("direction", "aggregate", "tolerance", "threshold", "next_update")),
    ("values", "note", True),
)  # fmt: skip
# What every file says, be it with nothing.
_ALWAYS = {
    ("plan", "title"), ("plan", "vision"), ("groups", "name"), ("chapters", "title"), ("measures", "responsible"),
    ("measures", "partners"), ("indicators", "name"), ("indicators", "unit"), ("values", "note"),
    *((sheet, column) for sheet in ("goals", "tasks", "measures") for column in ("title", "description")),
}  # fmt: skip
_MONTHS = (Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR)


def looks_like_xml(data: bytes) -> bool:
    """Whether it begins as XML or HTML does, in whatever encoding."""
    return data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def read(
    source: bytes | str | Path,
    *,
    language: str,
    languages: Sequence[str],
    funds: Mapping[str, str | Promise],
) -> Outcome:
    """Read a file whose texts are in `language`. `languages`: of the plan, the default first; `funds`: code to label.

    Raises only what opening the path raises; whatever is in the file comes back as errors and warnings.
    """
    notes = Notes()
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    try:
        root = parse(data, notes)
        straighten(root, notes)
        reading = Reading(language, languages, funds, notes)
        plan = _plan(root, reading)
    except Refused as refusal:
        return Outcome(None, (refusal.note,), tuple(notes.sorted()))
    return Outcome(plan, (), tuple(notes.sorted()), reading.absent(_COLUMNS))


def _bytes(path: Path) -> bytes:
    """No more than what is needed to see that it is too much."""
    with path.open("rb") as file:
        return file.read(FILE_LIMIT + 1)


def _plan(root: Element, reading: Reading) -> Plan:
    core = root.child("StrategicPlanCore")
    assert core is not None
    reading.seen |= _ALWAYS
    if root.name != PART_1:
        reading.seen |= {(sheet, "indicators") for sheet in ("goals", "tasks", "measures")}
    title = reading.line(root, "Name", HEADING)
    if not title:
        title = reading.cut(reading.line(core.child("Organization"), "Name"), HEADING, core.line)
        reading.notes.add(root.line_of("Name"), _("the plan has no name; it is called “{name}”"), name=title or "1")
    administration = root.child("AdministrativeInformation")
    start, end = reading.days_of(administration)
    published = reading.day(administration, "PublicationDate", False, remember=False) if administration else None
    goals = outline(core, lambda element: is_money(element, reading), reading.notes)
    chapters = Chapters(reading, goals, title or "1", _preface(root, core, reading))
    built = chapters.build()
    periods = [value.period for chapter in built for each in chapter.indicators() for value in each.values]
    if reading.currency:
        reading.seen.add(("plan", "currency"))
    first, last = _years(start, end, published, root, reading)
    return Plan(
        title=reading.of(title or "1"),
        start_year=first,
        end_year=last,
        vision=reading.of(reading.prose(core.child("Vision"), "Description")),
        frequency=_frequency(period.frequency for period in periods),
        currency=reading.currency or "EUR",
        owner=reading.of(reading.line(core.child("Organization"), "Name", HEADING)),
        languages=tuple(reading.languages),
        fund_names=dict(reading.fund_names),
        groups=tuple(chapters.groups.values()),
        chapters=tuple(built),
        data_date=published,
        slug=_slug(administration),
        address=reading.of(texts.line(administration.text("Source")) if administration else ""),
    )  # fmt: skip


def _frequency(found: Iterable[Frequency]) -> Frequency:
    """How often progress is reported no file says: as most of its results are, and the more often the sooner."""
    counts = Counter(found)
    return max(_MONTHS, key=lambda each: counts[each]) if counts else Frequency.QUARTER


def _preface(root: Element, core: Element, reading: Reading) -> str:
    """What a file says of the whole plan and a plan has no place for: the summary of its only chapter."""
    other = [reading.rest(root, root.text("OtherInformation"))]
    mission = core.child("Mission")
    if mission is not None:
        other.append(reading.prose(mission, "Description"))
    for value in core.children("Value"):
        name, description = reading.line(value, "Name"), reading.prose(value, "Description")
        other.append(": ".join(part for part in (name, description) if part))
    return reading.joined(root.line, reading.prose(root, "Description"), *other)


def _years(
    start: date | None, end: date | None, published: date | None, root: Element, reading: Reading
) -> tuple[int, int]:
    """Of the plan; of its results or its publication where it does not say. Raises Refused where nothing does."""
    if start and end:
        return start.year, end.year
    known = [each for each in (start, end, *reading.days) if each] or [each for each in (published,) if each]
    if not known:
        raise Refused(
            _("the file does not say for which years the plan is; write StartDate and EndDate in"
              " AdministrativeInformation")
        )  # fmt: skip
    years = [each.year for each in known]
    first, last = (start.year if start else min(years)), (end.year if end else max(years))
    last = max(first, last)
    message = _("the file does not say for which years the plan is; it is read as that of {first}–{last}")
    place = root.child("AdministrativeInformation")
    reading.notes.add(place.line if place else root.line, message, first=str(first), last=str(last))
    return first, last


def _slug(administration: Element | None) -> str:
    found = identifiers.parts_of(texts.line(administration.text("Identifier"))) if administration else None
    return found[1][0] if found and found[0] == identifiers.PLAN else ""
