"""What chapters owe: for each chapter and each period that is asked for, the state of the return and which measures have no
data yet. Read in a constant number of queries; home page and reminders show the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_pages import formats
from plan_pages.choices import CARRIED_FORWARD, EDITABLE_RETURN_STATES, ReturnState, Status
from plan_pages.domain import deadlines
from plan_pages.languages import active_language
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.register import Chapter, Measure


@dataclass(frozen=True, slots=True)
class Due:
    """One chapter and one period. `missing`: the measures of which something is to be said and nothing was; neither
    those that were completed or stopped before, nor those that begin after the period."""

    chapter: Chapter
    period: ReportingPeriod
    chapter_return: ChapterReturn | None
    measures: int
    reported: int
    completed: int
    delayed: int
    missing: tuple[Measure, ...]

    def __str__(self) -> str:
        return f"{self.chapter}, {self.period}"

    @property
    def state(self) -> ReturnState | None:
        return self.chapter_return.state_choice if self.chapter_return else None

    @property
    def wanted(self) -> int:
        """How many measures there is something to say of in this return."""
        return self.reported + len(self.missing)

    @property
    def is_owed(self) -> bool:
        """The editors have something to do."""
        return self.state is None or self.state in EDITABLE_RETURN_STATES

    def is_late(self, today: date) -> bool:
        return self.is_owed and self.period.due is not None and self.period.due < today


def asked_for(periods: Iterable[ReportingPeriod], today: date) -> list[ReportingPeriod]:
    """Those of which returns are to be made now, the earliest first: begun, and not locked."""
    found = [
        period
        for period in periods
        if not period.is_locked and deadlines.begins(period.opens, period.due, period.last_day) <= today
    ]
    return sorted(found, key=lambda period: (period.last_day, period.pk))


def dues(chapters: Sequence[Chapter], periods: Sequence[ReportingPeriod]) -> list[Due]:
    """Of these chapters for these periods of their plans, in the order of both."""
    if not chapters or not periods:
        return []
    keys = [chapter.pk for chapter in chapters]
    returns = {
        (row.chapter_id, row.period_id): row
        for row in ChapterReturn.objects.filter(chapter__in=keys, period__in=[period.pk for period in periods])
    }
    measures: dict[int, list[Measure]] = defaultdict(list)
    rows = Measure.objects.current().filter(chapter__in=keys)
    for measure in rows.only("pk", "chapter_id", "code", "title", "start", "position"):
        measures[measure.chapter_id].append(measure)
    entries: dict[int, dict[int, Status]] = defaultdict(dict)
    for key, measure_key, status in Entry.objects.filter(
        chapter_return__in=[row.pk for row in returns.values()]
    ).values_list("chapter_return_id", "measure_id", "status"):
        entries[key][measure_key] = Status(status)
    history = _history(keys)
    found = []
    for period in periods:
        for chapter in chapters:
            if chapter.plan_id == period.plan_id:
                row = returns.get((chapter.pk, period.pk))
                told = entries[row.pk] if row else {}
                found.append(_due(chapter, period, row, measures[chapter.pk], told, history))
    return found


def _due(
    chapter: Chapter,
    period: ReportingPeriod,
    row: ChapterReturn | None,
    measures: Sequence[Measure],
    told: Mapping[int, Status],
    history: Mapping[int, Sequence[tuple[date, Status]]],
) -> Due:
    stands = {each.pk: told.get(each.pk) or carried(history.get(each.pk, ()), period.last_day) for each in measures}
    return Due(
        chapter,
        period,
        row,
        measures=len(measures),
        reported=sum(each.pk in told for each in measures),
        completed=sum(status is Status.COMPLETED for status in stands.values()),
        delayed=sum(status is Status.DELAYED for status in stands.values()),
        missing=tuple(
            each
            for each in measures
            if stands[each.pk] is None and (each.start is None or each.start <= period.last_day)
        ),
    )


def carried(history: Sequence[tuple[date, Status]], last_day: date) -> Status | None:
    """What still holds from before the period: completed or stopped, if that was the last that was approved. `history`:
    last days of periods with what was approved for them, in order."""
    before = [status for day, status in history if day < last_day]
    return before[-1] if before and before[-1] in CARRIED_FORWARD else None


def _history(chapters: Collection[int]) -> dict[int, list[tuple[date, Status]]]:
    """Of the measures that were ever completed or stopped."""
    approved = Entry.objects.filter(chapter_return__state=ReturnState.APPROVED, chapter_return__chapter__in=chapters)
    ended = approved.filter(status__in=CARRIED_FORWARD).values("measure")
    rows = approved.filter(measure__in=ended).order_by("chapter_return__period__last_day", "chapter_return__period")
    found: dict[int, list[tuple[date, Status]]] = defaultdict(list)
    for key, day, status in rows.values_list("measure_id", "chapter_return__period__last_day", "status"):
        found[key].append((day, Status(status)))
    return found


# In words


def closing(period: ReportingPeriod, today: date) -> str:
    """“Closes 15 January 2027, 54 days left”, in the active language; of a period that is over, how late it is."""
    if period.due is None:
        return _("No closing day is set.")
    left = deadlines.days_left(period.due, today)
    named = {"day": formats.day(period.due, active_language()), "count": abs(left)}
    if left < 0:
        text = ngettext(
            "It closed %(day)s: late by %(count)d day.", "It closed %(day)s: late by %(count)d days.", -left
        )
    elif left == 0:
        text = _("It closes %(day)s: today is the last day.")
    else:
        text = ngettext("It closes %(day)s: %(count)d day left.", "It closes %(day)s: %(count)d days left.", left)
    return text % named


def without_data(count: int) -> str:
    """In the active language."""
    if not count:
        return _("Every measure has its data.")
    return ngettext("%(count)d measure without data.", "%(count)d measures without data.", count) % {"count": count}
