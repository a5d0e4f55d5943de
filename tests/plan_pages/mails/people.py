"""People who are told: `a_person("ona", mails="en", digest=True)`, `away(person, deputy, first, last)`."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

from plan_pages.people import PersonalChoices


def a_person(name: str, *, mails: str = "", admin: str = "", digest: bool = False, **fields: Any) -> Any:
    """`mails`, `admin`: the language chosen for mails, for the admin."""
    user = get_user_model().objects.create_user(name, **{"email": f"{name}@example.org", **fields})
    if admin:
        UserProfile.objects.create(user=user, preferred_language=admin)
    if mails or digest:
        PersonalChoices.objects.create(user=user, language=mails, digest=digest)
    return user


def away(person: Any, deputy: Any, first: str = "2026-11-01", last: str = "2026-12-01") -> None:
    days = {"deputy_from": date.fromisoformat(first), "deputy_until": date.fromisoformat(last)}
    PersonalChoices.objects.update_or_create(user=person, defaults={"deputy": deputy, **days})


def local(moment: str) -> datetime:
    """A moment by the site's clock."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Vilnius"))
