"""A schedule in one plain sentence: "Council's report of each quarter, 20 days after its end at 08:00; next: 2027-01-20".
All wording of schedules is here; it computes nothing.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from plan_pages.choices import Frequency
from reports.choices import ReportKind
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.schedule import Schedule, next_due


def sentence(kind: ReportKind, schedule: Schedule, after: datetime, *, active: bool = True) -> str:
    """In the active language. `after`: the moment from which the next due time is looked for."""
    said = ngettext(
        "%(report)s, %(days)d day after its end at %(hour)s",
        "%(report)s, %(days)d days after its end at %(hour)s",
        schedule.days,
    ) % {"report": _of_each(kind, schedule.frequency), "days": schedule.days, "hour": f"{schedule.hour:02d}:00"}
    return f"{said}; {_next(schedule, after, active)}"


def _of_each(kind: ReportKind, frequency: Frequency) -> str:
    match frequency:
        case Frequency.MONTH:
            text = _("%(report)s of each month")
        case Frequency.QUARTER:
            text = _("%(report)s of each quarter")
        case Frequency.HALF:
            text = _("%(report)s of each half-year")
        case _:
            text = _("%(report)s of each year")
    return text % {"report": kind.label}


def _next(schedule: Schedule, after: datetime, active: bool) -> str:
    if not active:
        return _("resting")
    found = next_due(schedule, after, 1)
    if not found:
        return _("none is due any more: the plan ends")
    day = found[0].moment.astimezone(ZoneInfo(schedule.zone)).date()
    return _("next: %(day)s") % {"day": day.isoformat()}
