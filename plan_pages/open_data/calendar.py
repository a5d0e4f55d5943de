"""The deadlines of measures and their milestones as a calendar (RFC 5545): all-day events. Knows no clock.

An event is the same event for as long as its measure is the same, whatever is renamed or put off; its stamp is the day of
the last change in the plan's data.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from plan_pages.domain.plan import Plan
from plan_pages.domain.selection import Listed
from plan_pages.open_data.contents import Contents

TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//City strategic plan//Deadlines//EN"


def calendar(data: Contents) -> bytes:
    with translation.override(data.language):
        title = _("Deadlines: %(plan)s") % {"plan": data.plan.title.best(data.language)}
        found = Calendar()
        found.add("prodid", PRODUCT)
        found.add("version", "2.0")
        found.add("name", title)
        found.add("x-wr-calname", title)
        found.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
        for each in data.found:
            for event in _events(each, data):
                found.add_component(event)
        return found.to_ical()


def _events(each: Listed, data: Contents) -> Iterator[Event]:
    measure, plan, language = each.measure, data.plan, data.language
    name = f"{measure.code} {measure.title.best(language)}"
    if measure.end:
        said = _("Deadline: %(measure)s") % {"measure": name}
        event = _event(f"deadline-{measure.id}", measure.end, said, each, data)
        event.add("sequence", len(measure.deadline_changes))
        yield event
    alike: Counter[str] = Counter()
    for milestone in measure.milestones:
        title = milestone.title.best(plan.languages[0])
        alike[title] += 1
        if milestone.date:
            key = uuid5(NAMESPACE_URL, f"{measure.id} {title} {alike[title]}")
            said = _("Milestone: %(milestone)s (%(measure)s)") % {
                "milestone": milestone.title.best(language),
                "measure": name,
            }
            yield _event(f"milestone-{key}", milestone.date, said, each, data)


def _event(key: str, day: date, summary: str, each: Listed, data: Contents) -> Event:
    measure, language = each.measure, data.language
    event = Event()
    event.add("uid", key)
    event.add("dtstamp", _stamp(data.plan))
    event.add("last-modified", _stamp(data.plan))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join(_told(each, language)))
    event.add("categories", [each.chapter.title.best(language)])
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if address := data.plan.measure_address(measure, language):
        event.add("url", address)
    return event


def _told(each: Listed, language: str) -> Iterator[str]:
    yield f"{each.task.code} {each.task.title.best(language)}"
    if each.measure.responsible:
        yield _("Responsible: %(body)s") % {"body": each.measure.responsible}
    yield _("Status: %(status)s") % {"status": each.standing.state.label}


def _stamp(plan: Plan) -> datetime:
    return datetime.combine(plan.data_date or plan.start, time.min, UTC)
