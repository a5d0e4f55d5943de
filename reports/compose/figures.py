"""The headline figures as tiles, the status of measures as bars, the progress of chapters beside their time."""

from plan_pages.choices import Level, State
from plan_pages.domain import money
from plan_pages.domain.periods import Period
from plan_pages.domain.progress import Figure, PlanProgress
from reports.compose import formats, headlines, marks, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import pgettext
from reports.document import (
    Align,
    Bar,
    Block,
    Column,
    Heading,
    Prose,
    ProseStyle,
    Row,
    Segment,
    Spark,
    StatusBar,
    StatusBars,
    Table,
    Tile,
    Tiles,
    Words,
    linked,
)

LINE = 42
"""Characters of a title that fit in a line beside a bar."""


def tiles(basis: Basis) -> Tiles:
    """Progress, what is late, indicators on course, and money; without money what is completed."""
    history = basis.history()
    total = money.of_measures((each.measure for each in basis.now.measures()), basis.now.as_of).total
    last = _money(total, basis) if total.planned else _count(State.COMPLETED, _("Completed measures"), history, basis)
    return Tiles(
        (
            _progress(history, basis),
            _count(State.DELAYED, _("Delayed measures"), history, basis),
            headlines.tile(basis),
            last,
        )
    )


def status_bars(rows: list[tuple[Words, str, Figure]], level: Level, basis: Basis) -> StatusBars:
    """How many measures stand where: of rows (label, address, figure)."""
    bars = tuple(
        StatusBar(
            label,
            tuple(Segment(marks.of_state(state), figure.states.get(state, 0)) for state in State),
            formats.number(figure.measures, basis.language),
            href,
        )
        for label, href, figure in rows
    )
    return StatusBars(
        bars,
        marks.legend(),
        (words.level(level, basis), _("Measures by status"), pgettext("number of measures", "All")),
    )


def progress_table(rows: list[tuple[Words, Figure]], level: Level, basis: Basis) -> Table:
    """Percent beside the share of time gone, with the verdict in words: of rows (name, figure)."""
    columns = (
        Column(words.level(level, basis), 38),
        Column(_("Progress"), 26),
        Column(_("Time gone"), 12, Align.RIGHT),
        Column(_("Verdict"), 24),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    name,
                    percent_bar(figure, basis),
                    words.DASH if figure.time_gone is None else formats.percent(figure.time_gone, basis.language),
                    marks.of_verdict(figure.verdict),
                )
            )
            for name, figure in rows
        ),
    )


def percent_bar(figure: Figure, basis: Basis) -> Bar | str:
    """Without a figure words alone: beside a bar there is no room for them."""
    if figure.percent is None:
        return _("no data")
    return Bar(figure.percent, formats.percent(figure.percent, basis.language), gone=figure.time_gone)


def chapter_blocks(basis: Basis, level: int, inside: bool, most: int) -> tuple[Block, ...]:
    """Status and progress of every chapter, under headings of a level; at most so many chapters."""
    found = tuple(zip(chapter_rows(basis, inside), basis.now.chapters, strict=True))[:most]
    if not found:
        return (Prose((_("The plan has no chapters yet."),)),)
    bars = status_bars([(label, href, chapter.figure) for (label, href), chapter in found], Level.CHAPTER, basis)
    again = zip(chapter_rows(basis, inside, is_again=True), basis.now.chapters, strict=True)
    rows: list[tuple[Words, Figure]] = [(linked(label, href), chapter.figure) for (label, href), chapter in again]
    blocks: list[Block] = [
        Heading(level, _("Status of measures by chapter")),
        bars,
        Heading(level, _("Progress of chapters")),
        progress_table(rows[:most], Level.CHAPTER, basis),
    ]
    notes: list[Words] = [words.joined([_("Bar: progress. Stroke: share of the time gone."), _standpoints(basis)])]
    if len(basis.now.chapters) > most:
        notes.append(words.more(len(basis.now.chapters) - most, basis))
    return (*blocks, Prose(tuple(notes), ProseStyle.NOTE))


def chapter_rows(basis: Basis, inside: bool, is_again: bool = False) -> list[tuple[Words, str]]:
    """Of every chapter a label and where it leads. `inside`: to its place in this document, else to its page.

    A chapter that stands at another period than the report's names it. `is_again`: the full label stood above already,
    and in a brief this one has to fit in a line.
    """
    late = {id(chapter) for chapter in basis.unreported()}
    rows: list[tuple[Words, str]] = []
    for place, chapter in enumerate(basis.now.chapters):
        is_short = is_again and basis.room > 0
        label: Words = words.named(chapter.chapter.title, chapter.chapter.code, basis, LINE if is_short else 0)
        if id(chapter) in late and not is_short:
            label = words.joined([label, f"({words.standing_of(chapter, basis)})"])
        rows.append((label, f"#{anchor(place)}" if inside else words.chapter_address(chapter.chapter, basis)))
    return rows


def _standpoints(basis: Basis) -> str:
    """At which period the chapters stand that do not name one."""
    if not basis.unreported() or len(basis.unreported()) == len(basis.now.chapters):
        return ""
    return _("Chapters without a period in brackets stand at %(period)s.") % {
        "period": formats.period_short(basis.period, basis.language)
    }


def anchor(chapter: int, goal: int | None = None) -> str:
    """By place, not by code: what has left the plan may bear the code of what stands in it."""
    return f"chapter-{chapter + 1}" if goal is None else f"goal-{chapter + 1}-{goal + 1}"


def _progress(history: tuple[tuple[Period, PlanProgress], ...], basis: Basis) -> Tile:
    figure, language = basis.now.figure, basis.language
    note = ""
    if basis.before and basis.before.figure.percent is not None and figure.percent is not None:
        note = _since(formats.points(basis.before.figure.percent, figure.percent, language), basis)
    points = [(period, each.figure.percent) for period, each in history]
    known = [(period, formats.percent(percent, language)) for period, percent in points if percent is not None]
    return Tile(
        _("Progress of the chapter") if basis.is_of_chapter else _("Progress of the plan"),
        formats.percent(figure.percent, language) if figure.percent is not None else _("no data"),
        note,
        marks.of_verdict(figure.verdict),
        Spark(tuple(percent for _period, percent in points), _from_to(known, basis)) if len(known) > 1 else None,
    )


def _count(state: State, label: str, history: tuple[tuple[Period, PlanProgress], ...], basis: Basis) -> Tile:
    """How many measures are in a state, and how many were."""
    language = basis.language
    count = basis.now.figure.states[state]
    change = count - basis.before.figure.states[state] if basis.before else 0
    if basis.before is None:
        note = ""
    elif change:
        note = _since(formats.signed(change, language), basis)
    else:
        note = _("as many as in %(period)s") % {"period": formats.period_short(basis.before_period, language)}
    counts = [(period, each.figure.states[state]) for period, each in history if each.span]
    known = [(period, formats.number(number, language)) for period, number in counts]
    return Tile(
        label,
        formats.number(count, language),
        note,
        marks.of_state(state) if count else None,
        Spark(tuple(number for _period, number in counts), _from_to(known, basis)) if len(known) > 1 else None,
    )


def _money(total: money.Amount, basis: Basis) -> Tile:
    currency, language = basis.plan.currency, basis.language
    planned = formats.money_short(total.planned, currency, language)
    if total.spent is None or total.share is None:
        return Tile(_("Money spent"), _("no data"), _("of %(planned)s planned") % {"planned": planned})
    note = _("%(share)s of %(planned)s planned") % {
        "share": formats.percent(total.share, language),
        "planned": planned,
    }
    return Tile(_("Money spent"), formats.money_short(total.spent, currency, language), note)


def _since(change: str, basis: Basis) -> str:
    return _("%(change)s since %(period)s") % {
        "change": change,
        "period": formats.period_short(basis.before_period, basis.language),
    }


def _from_to(known: list[tuple[Period, str]], basis: Basis) -> str:
    """What a small line shows, in words."""
    return _("From %(first)s in %(start)s to %(last)s in %(end)s") % {
        "first": known[0][1],
        "start": formats.period_short(known[0][0], basis.language),
        "last": known[-1][1],
        "end": formats.period_short(known[-1][0], basis.language),
    }
