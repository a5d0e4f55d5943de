"""How often somebody sends: by the address of the network and by the mailbox. Neither is stored: only a sum of it that is
keyed with the site's secret and the day, so that it says nothing once the day is over, and it is erased then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from plan_pages.citizens.limits import Limits
from plan_pages.consultation.givings import SendingCount

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def address_of(request: HttpRequest, proxies: int) -> str:
    """The network address that the request came from, as far as our own proxies vouch for it: what a sender writes into
    the header beyond them is not believed. Of IPv6 the part that a household has."""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    chain.append(request.META.get("REMOTE_ADDR", ""))
    given = chain[-1 - min(proxies, len(chain) - 1)]
    try:
        address: IPv4Address | IPv6Address = ip_address(given)
    except ValueError:
        return chain[-1]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)


def take(address: str, email: str, now: datetime, limits: Limits) -> bool:
    """Count a sending. False where the address or the mailbox has had all that it may: for all processes together."""
    return all(
        SendingCount.objects.take(sender, ends_at, most)
        for sender, ends_at, most in _counts(address, email, now, limits)
    )


def _counts(address: str, email: str, now: datetime, limits: Limits) -> Iterator[tuple[str, datetime, int]]:
    hour = now.replace(minute=0, second=0, microsecond=0) + HOUR
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    yield _sum("hour", address, hour), hour, limits.an_hour
    yield _sum("day", address, day), day, limits.a_day
    yield _sum("mailbox", email.lower(), day), day, limits.a_day_to_one_mailbox


def _sum(kind: str, value: str, ends_at: datetime) -> str:
    return salted_hmac(f"plan_pages.citizens.{kind}.{ends_at.isoformat()}", value, algorithm="sha256").hexdigest()
