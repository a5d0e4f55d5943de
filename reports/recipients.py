"""To whom a report goes: people, everyone in a role, plain addresses; each address once, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from plan_pages.people import language_of
from plan_pages.staff import coordinators
from reports.models.schedules import ReportRecipient, ReportSchedule


@dataclass(frozen=True, slots=True)
class Reader:
    address: str
    language: str


def readers_of(schedule: ReportSchedule) -> tuple[Reader, ...]:
    """In the order of the schedule; who is named twice, as a person and in a role, gets one mail, as named first."""
    found: dict[str, Reader] = {}
    # Not `schedule.recipients`: an admin form may hold rows there that are not stored.
    rows = ReportRecipient.objects.filter(schedule=schedule.pk).select_related("user", "role").order_by("pk")
    for row in rows:
        for address, own_language in _people(row):
            found.setdefault(address.casefold(), Reader(address, row.language or own_language))
    return tuple(found.values())


def operators() -> tuple[Reader, ...]:
    """Who hears of failures: the ADMINS of the settings; where none are named, the coordinators."""
    named = [Reader(address, settings.LANGUAGE_CODE) for _name, address in settings.ADMINS]
    return tuple(named) or tuple(Reader(user.email, language_of(user)) for user in coordinators().exclude(email=""))


def _people(row: ReportRecipient) -> Iterator[tuple[str, str]]:
    if row.address:
        yield row.address, settings.LANGUAGE_CODE
        return
    users = [row.user] if row.user else row.role.user_set.order_by("pk") if row.role else []
    for user in users:
        if user.is_active and user.email:
            yield user.email, language_of(user)
