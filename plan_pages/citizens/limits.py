"""What is taken from citizens. A host site may change any of it in the setting `PLAN_CONSULTATIONS`: name to value."""

from dataclasses import dataclass, fields
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """`proxies`: so many proxies of ours stand before the site; the address before them is the sender's. `privacy_page`:
    slug of the page that says what becomes of personal data."""

    text: int = 5000
    name: int = 100
    links: int = 5
    seconds_at_least: int = 3
    hours_at_most: int = 24
    an_hour: int = 10
    a_day: int = 30
    a_day_to_one_mailbox: int = 5
    confirm_days: int = 3
    proxies: int = 0
    privacy_page: str = ""

    @property
    def confirm_within(self) -> timedelta:
        return timedelta(days=self.confirm_days)


def limits() -> Limits:
    given = getattr(settings, "PLAN_CONSULTATIONS", {})
    known = {field.name for field in fields(Limits)}
    return Limits(**{name: value for name, value in given.items() if name in known})
