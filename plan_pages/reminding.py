"""Reminders: who is told today which returns are still to be made. Idempotent: any number of rounds may go at once, and
again after each crash; what was missed is made up, the latest step of it. The moment of now is an argument.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_pages import formats, letters
from plan_pages.choices import EDITABLE_RETURN_STATES, NoticeKind, ReturnState
from plan_pages.domain import deadlines
from plan_pages.dues import Due, closing, dues, without_data
from plan_pages.letters import Addressee, Event, Link, Message, Told
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.people import Reminder, wants_digest
from plan_pages.register import Chapter, Measure
from plan_pages.staff import editors_of

NAMED = 5
"""So many measures without data are named in a mail."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A person is to be reminded of a period for these chapters. `day`: of the step."""

    to: Addressee
    period: ReportingPeriod
    day: date
    chapters: tuple[int, ...]


def tell_what_is_due(now: datetime) -> int:
    """One round: reminders of today, then the mails of the morning. How many people were reminded and digests put."""
    return remind(now) + letters.send_digests(now)


def remind(now: datetime) -> int:
    """Tell everyone who is owed a reminder. How many people; nobody before the morning."""
    if not letters.is_morning(now):
        return 0
    today = letters.site_day(now)
    owed = _owed(today)
    if not owed:
        return 0
    with transaction.atomic():
        told = _written(_claimed(owed, today), today)
        letters.put(told, now)
    return len(told)


def _owed(today: date) -> list[Owed]:
    periods = _periods(today)
    if not periods:
        return []
    chapters = _chapters(periods)
    editors = editors_of(chapters)
    settled = _settled(periods)
    reports: dict[int, list[Chapter]] = defaultdict(list)
    for chapter in chapters:
        for editor in editors[chapter.pk]:
            reports[editor.pk].append(chapter)
    people = letters.addressees(list(reports), today)
    had_digest = letters.people_with_digest(today)
    reminded = _reminded(periods)
    found = []
    for each in people:
        if wants_digest(each.user) and each.user.pk in had_digest:
            continue
        own = _of(each, reports)
        for period in periods:
            keys = [
                chapter.pk
                for chapter in own
                if chapter.plan_id == period.plan_id and (chapter.pk, period.pk) not in settled
            ]
            day = deadlines.owed(period.opens, period.due, today, reminded.get((each.user.pk, period.pk)))
            if keys and day:
                found.append(Owed(each, period, day, tuple(keys)))
    return found


def _periods(today: date) -> list[ReportingPeriod]:
    soon = today + timedelta(days=deadlines.DAYS_BEFORE[0])
    begun = Q(opens__isnull=True) | Q(opens__lte=today)
    dated = Q(opens__lte=today) | Q(due__lte=soon)
    return list(ReportingPeriod.objects.filter(begun, dated, locked_at__isnull=True).order_by("due", "last_day", "pk"))


def _chapters(periods: Iterable[ReportingPeriod]) -> list[Chapter]:
    """Those that have something to report."""
    rows = Chapter.objects.filter(plan__in={period.plan_id for period in periods}, retired_at__isnull=True)
    with_measures = Measure.objects.current().values("chapter")
    return list(rows.filter(pk__in=with_measures).order_by("page__path", "pk"))


def _settled(periods: Sequence[ReportingPeriod]) -> set[tuple[int, int]]:
    """Chapters and periods whose return is submitted or approved."""
    rows = ChapterReturn.objects.filter(period__in=[period.pk for period in periods])
    rows = rows.exclude(state__in=EDITABLE_RETURN_STATES)
    return set(rows.values_list("chapter_id", "period_id"))


def _reminded(periods: Sequence[ReportingPeriod]) -> dict[tuple[int, int], date]:
    """When each person was last reminded of each period."""
    rows = Reminder.objects.filter(period__in=[period.pk for period in periods]).order_by()
    return {
        (person, period): day
        for person, period, day in rows.values_list("person_id", "period_id").annotate(last=Max("sent_on"))
    }


def _of(each: Addressee, reports: Mapping[int, Sequence[Chapter]]) -> list[Chapter]:
    """The chapters of a person and of those for whom they stand in, each once."""
    people = [each.user, *each.stands_in_for]
    return list({chapter.pk: chapter for person in people for chapter in reports.get(person.pk, ())}.values())


def _claimed(owed: Sequence[Owed], today: date) -> list[Owed]:
    """Of these the ones that no other round has taken: one row of the ledger for each, made by this run."""
    run = uuid.uuid4()
    rows = [Reminder(person=each.to.user, period=each.period, day=each.day, sent_on=today, run=run) for each in owed]
    # In one order, so that two rounds at once cannot wait for each other.
    rows.sort(key=lambda row: (row.person_id, row.period_id))
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    ours = set(Reminder.objects.filter(run=run).values_list("person_id", "period_id"))
    return [each for each in owed if (each.to.user.pk, each.period.pk) in ours]


# Wording


def _written(owed: Sequence[Owed], today: date) -> list[Told]:
    """One message to each person."""
    chapters = Chapter.objects.in_bulk({key for each in owed for key in each.chapters})
    periods = {each.period.pk: each.period for each in owed}
    found = {(due.chapter.pk, due.period.pk): due for due in dues(list(chapters.values()), list(periods.values()))}
    by_person: dict[int, list[Owed]] = defaultdict(list)
    for each in owed:
        by_person[each.to.user.pk].append(each)
    run = uuid.uuid4()
    told = []
    for key, owes in by_person.items():
        to = owes[0].to
        theirs = [found[chapter, each.period.pk] for each in owes for chapter in each.chapters]
        with translation.override(to.language):
            message = _message(owes[0], theirs, to.language, today)
        event = Event(NoticeKind.REMINDER, f"{run} {key}", owes[0].period)
        told.append(Told(to.user, event, letters.as_deputy(message, to) if to.stands_in_for else message))
    return told


def _message(first: Owed, theirs: Collection[Due], language: str, today: date) -> Message:
    return Message(
        _subject(first, language, today),
        (_("These returns are not handed in yet:"),) if len(theirs) > 1 else (),
        parts=tuple(_part(due, language, today) for due in theirs),
        language=language,
    )


def _subject(first: Owed, language: str, today: date) -> str:
    period = formats.period(first.period.value, language)
    if first.period.due is None or first.day == first.period.opens:
        return _("Reporting is open: %(period)s") % {"period": period}
    left = deadlines.days_left(first.period.due, today)
    if left < 0:
        text = ngettext(
            "%(period)s: the return is late by %(count)d day",
            "%(period)s: the return is late by %(count)d days",
            -left,
        )
    elif left == 0:
        text = _("%(period)s: today is the last day to report")
    else:
        text = ngettext("%(period)s: %(count)d day left to report", "%(period)s: %(count)d days left to report", left)
    return text % {"period": period, "count": abs(left)}


def _part(due: Due, language: str, today: date) -> Message:
    place = (due.chapter.pk, due.period.pk)
    return Message(
        f"{due.chapter}, {formats.period(due.period.value, language, short=True)}",
        (closing(due.period, today), f"{state_words(due.state)} {without_data(len(due.missing))}"),
        quote=due.chapter_return.reason if due.chapter_return and due.state is ReturnState.RETURNED else "",
        items=tuple(
            Link(str(each), letters.full_address("plan_pages_report", *place, fragment=f"measure-{each.pk}"))
            for each in due.missing[:NAMED]
        ),
        more=_more(len(due.missing) - NAMED),
        link=Link(deed_words(due.state), letters.full_address("plan_pages_report", *place)),
        language=language,
    )


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("And %(count)d more.", "And %(count)d more.", count) % {"count": count}


def state_words(state: ReturnState | None) -> str:
    """As a sentence, in the active language."""
    match state:
        case None:
            return _("The return is not begun.")
        case ReturnState.RETURNED:
            return _("The return was sent back for correction.")
        case _:
            return _("The return is begun and not handed in.")


def deed_words(state: ReturnState | None) -> str:
    """What an editor does next with a return of this state: words of a link or button."""
    match state:
        case None:
            return _("Report the period")
        case ReturnState.DRAFT:
            return _("Continue the return")
        case ReturnState.RETURNED:
            return _("Correct the return")
        case _:
            return _("Look at the return")
