"""How often the API may be asked: by a token, and by an address without one. Counted in the cache, in windows that begin
for everyone at the same moment; when the cache is out, everyone is let through.

A token counts by itself once it has been seen to hold; until then, and when it does not, it counts against the address
that it came from, so that guessing is no cheaper than asking.
"""

import hashlib
import logging
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from wagtail.models import APIToken

from plan_pages.api.terms import Rate, Terms
from plan_pages.citizens.limits import limits
from plan_pages.citizens.senders import address_of

log = logging.getLogger(__name__)

KNOWN_SECONDS = 3600
"""After which a token counts against its address once more."""


def now() -> float:
    """The clock of the windows, in seconds."""
    return time.time()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a request is counted against, and how that stands."""

    rate: Rate
    used: int
    ends_in: int

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.rate.requests

    def write_to(self, response: HttpResponse) -> None:
        response.headers["RateLimit-Limit"] = str(self.rate.requests)
        response.headers["RateLimit-Remaining"] = str(max(0, self.rate.requests - self.used))
        response.headers["RateLimit-Reset"] = str(self.ends_in)


def take(request: HttpRequest, terms: Terms) -> Allowance | None:
    """Count a request. None where it is not limited, or nobody can count."""
    try:
        token = _sum_of_token(request)
        if token and cache.get(_known(token)):
            return _count(f"token.{token}", terms.token)
        return _count(f"address.{address_of(request, limits().proxies)}", terms.anonymous)
    except Exception:
        # Whatever the store may raise: without it the API is unguarded for a while, not broken.
        log.exception("Requests to the API cannot be counted.")
        return None


def learn(request: HttpRequest, status: int) -> None:
    """Whether the token that came with a request, now answered, is one. Addresses that need none do not say."""
    token = _sum_of_token(request)
    if not token:
        return
    try:
        if isinstance(getattr(request, "auth", None), APIToken):
            cache.add(_known(token), True, KNOWN_SECONDS)
        elif status == 401:
            cache.delete(_known(token))
    except Exception:
        log.exception("Tokens of the API cannot be remembered.")


def _count(who: str, rate: Rate | None) -> Allowance | None:
    if rate is None:
        return None
    moment = now()
    window = int(moment // rate.seconds)
    key = f"api.{who}.{rate.seconds}.{window}"
    cache.add(key, 0, rate.seconds + 1)
    try:
        used = cache.incr(key)
    except ValueError:  # the store threw it away in between
        used = 1
        cache.set(key, used, rate.seconds + 1)
    return Allowance(rate, used, max(1, round((window + 1) * rate.seconds - moment)))


def _sum_of_token(request: HttpRequest) -> str:
    """A sum: the cache is no place for a token."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        return ""
    return hashlib.sha256(token.strip().encode()).hexdigest()[:32]


def _known(token: str) -> str:
    return f"api.known.{token}"
