"""The days of a reporting period: from when it is asked for, whether it is late, and on which days people are reminded of
it. Pure: days go in, days come out. A due day is the last on which a return is in time.
"""

from datetime import date, timedelta

DAYS_BEFORE = (14, 7, 1)
"""Before the due day. Afterwards, from the day after it, a reminder every week."""
WEEK = timedelta(days=7)


def begins(opens: date | None, due: date | None, last_day: date) -> date:
    """From when returns of a period are asked for: from the day on which it opens; where none is set, when the period is
    over, or when the first reminder is due, if that is sooner."""
    if opens is not None:
        return opens
    over = last_day + timedelta(days=1)
    return over if due is None else min(over, due - timedelta(days=DAYS_BEFORE[0]))


def days_left(due: date, today: date) -> int:
    """0 on the due day itself, negative when that is over."""
    return (due - today).days


def steps(opens: date | None, due: date | None, today: date) -> list[date]:
    """The days until today on which people are to be reminded, in order. None is before the day of opening."""
    days = set() if opens is None else {opens}
    if due is not None:
        days |= {due - timedelta(days=before) for before in DAYS_BEFORE}
        late = due + timedelta(days=1)
        while late <= today:
            days.add(late)
            late += WEEK
    return sorted(day for day in days if day <= today and (opens is None or opens <= day))


def owed(opens: date | None, due: date | None, today: date, reminded: date | None) -> date | None:
    """The day of the step of which a person is to be told now, who was last reminded of the period on `reminded`.

    Only the latest step counts: those before it are overtaken. It is owed unless something was sent since its day; so a
    due day may be moved either way after a reminder, and nothing is told twice or left out.
    """
    passed = steps(opens, due, today)
    if not passed or (reminded is not None and reminded >= passed[-1]):
        return None
    return passed[-1]
