"""On what terms the API is used. A host site may change any of it in the setting `PLAN_API`: name to value."""

from dataclasses import dataclass, fields
from typing import Self

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: int

    @classmethod
    def parse(cls, written: str) -> Self:
        number, _slash, period = written.partition("/")
        if not number.isdecimal() or int(number) == 0 or period not in PERIODS:
            raise ImproperlyConfigured(f"A rate is written like 300/minute, not “{written}”.")
        return cls(int(number), PERIODS[period])


@dataclass(frozen=True, slots=True)
class Terms:
    """`origins`: the web pages of others that may ask from a browser, `*` for all. `anonymous` and `token`: how often an
    address without a token, and a token, may ask; nothing for as often as they like."""

    origins: tuple[str, ...] = ()
    anonymous: Rate | None = Rate(300, 60)
    token: Rate | None = Rate(1200, 60)

    def allows(self, origin: str) -> bool:
        return "*" in self.origins or origin in self.origins


def terms() -> Terms:
    given = dict(getattr(settings, "PLAN_API", {}))
    if unknown := given.keys() - {field.name for field in fields(Terms)}:
        raise ImproperlyConfigured(f"PLAN_API has no “{'”, “'.join(sorted(unknown))}”.")
    for name in ("anonymous", "token"):
        if name in given:
            given[name] = Rate.parse(given[name]) if given[name] else None
    if "origins" in given:
        given["origins"] = tuple(origin.rstrip("/") for origin in given["origins"])
    return Terms(**given)
