"""Telling people by mail: a message in the language of each, at once or with others in the morning, put into the outbox.

    letters.tell(coordinators(), Event(NoticeKind.SUBMITTED, reference), lambda: Message(_("…"), …), but_not=user)

To be called inside the transaction of the deed that is told of. `write` is called once for each language, with that
language active. Who may not log in or has no address is left out; deputies are told too. Knows no returns and no rights.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_pages import formats, posting
from plan_pages.choices import NoticeKind
from plan_pages.outbox import CITIZEN, Letter, OutboxMail
from plan_pages.people import Notice, deputies_of, language_of, wants_digest

MORNING = time(7)
"""Local time of the site before which nothing is sent that may wait until the day has begun."""
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Link:
    """`address`: full, as a mail needs it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a letter says. `quote`: words of a person, shown as theirs. `items`: a list, and `more` what it leaves out.
    `parts`: messages of their own below it, each with its subject as a heading."""

    subject: str
    paragraphs: tuple[str, ...] = ()
    quote: str = ""
    items: tuple[Link, ...] = ()
    more: str = ""
    link: Link | None = None
    parts: tuple["Message", ...] = ()
    language: str = ""

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Read back what `asdict` wrote, through JSON."""
        link = data["link"]
        return cls(
            subject=data["subject"],
            paragraphs=tuple(data["paragraphs"]),
            quote=data["quote"],
            items=tuple(Link(**item) for item in data["items"]),
            more=data["more"],
            link=Link(**link) if link else None,
            parts=tuple(cls.of(part) for part in data["parts"]),
            language=data["language"],
        )


@dataclass(frozen=True, slots=True)
class Event:
    """What people are told of. `reference`: so that it is told once to each; at most 100 characters."""

    kind: NoticeKind
    reference: str
    period: Any = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """`stands_in_for`: the people whose deputy this one is today and who would be told."""

    user: Any
    stands_in_for: tuple[Any, ...] = ()
    by_right: bool = True

    @property
    def language(self) -> str:
        return language_of(self.user)


@dataclass(frozen=True, slots=True)
class Told:
    """A message to one person of one event."""

    user: Any
    event: Event
    message: Message


def site_day(now: datetime) -> date:
    """The day in the site's time zone."""
    return now.astimezone(timezone.get_default_timezone()).date()


def is_morning(now: datetime) -> bool:
    """Whether the site's day has begun: what may wait is not sent at night."""
    return now.astimezone(timezone.get_default_timezone()).time() >= MORNING


def full_address(name: str, *args: Any, fragment: str = "") -> str:
    """Of a screen of the admin, for a mail."""
    path = reverse(name, args=args)
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None) or ""
    return base.rstrip("/") + path + (f"#{fragment}" if fragment else "")


def addressees(keys: Collection[int], today: date, but_not: Any = None) -> list[Addressee]:
    """Whom a mail reaches of the people with these keys, and their deputies, in the order of the keys."""
    left_out = but_not.pk if but_not else None
    wanted = [key for key in dict.fromkeys(keys) if key != left_out]
    stands_in = deputies_of(wanted, today)
    users = get_user_model().objects.select_related("plan_choices", "wagtail_userprofile")
    found = users.in_bulk({*wanted, *stands_in.values()})
    order = dict.fromkeys([*wanted, *(stands_in[key] for key in wanted if key in stands_in)])
    return [
        Addressee(
            user=found[key],
            stands_in_for=tuple(found[person] for person, deputy in stands_in.items() if deputy == key),
            by_right=key in wanted,
        )
        for key in order
        if key in found and key != left_out and found[key].is_active and found[key].email
    ]


def tell(
    people: Iterable[Any],
    event: Event,
    write: Callable[[], Message],
    *,
    but_not: Any = None,
    now: datetime | None = None,
) -> list[Notice]:
    """Tell each of these people but the one who did it."""
    moment = now or timezone.now()
    written: dict[str, Message] = {}
    told = []
    for each in addressees([person.pk for person in people], site_day(moment), but_not):
        if each.language not in written:
            with translation.override(each.language):
                written[each.language] = replace(write(), language=each.language)
        message = written[each.language]
        told.append(Told(each.user, event, message if each.by_right else as_deputy(message, each)))
    return put(told, moment)


def as_deputy(message: Message, to: Addressee) -> Message:
    """The same message, saying why it comes."""
    with translation.override(to.language):
        names = ", ".join(name_of(person) for person in to.stands_in_for)
        why = _("You get this as the deputy of: %(people)s.") % {"people": names}
    return replace(message, paragraphs=(*message.paragraphs, why))


def name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


@transaction.atomic
def put(told: Sequence[Told], now: datetime) -> list[Notice]:
    """The notices of these, and the mails of those who want each at once. What was told before is left as it is."""
    if not told:
        return []
    Notice.objects.bulk_create(
        [
            Notice(
                person=each.user,
                kind=each.event.kind,
                event=each.event.reference,
                period=each.event.period,
                language=each.message.language,
                message=asdict(each.message),
                at=now,
            )
            for each in told
        ],
        ignore_conflicts=True,
    )
    at_once = [each for each in told if not wants_digest(each.user)]
    letters = [letter_of(each.message, each.event.kind, each.event.reference, each.user) for each in at_once]
    mails = OutboxMail.objects.put(letters, now)
    by_place = {
        (each.user.pk, each.event.kind.value, each.event.reference): mail
        for each, mail in zip(at_once, mails, strict=True)
    }
    rows = Notice.objects.filter(
        person__in=[each.user.pk for each in told],
        kind__in={each.event.kind for each in told},
        event__in={each.event.reference for each in told},
    )
    notices = list(rows)
    for notice in notices:
        notice.mail = notice.mail or by_place.get((notice.person_id, notice.kind, notice.event))
    Notice.objects.bulk_update([notice for notice in notices if notice.mail], ["mail"])
    posting.tell_workers([mail.pk for mail in mails], now)
    return notices


@transaction.atomic
def send_digests(now: datetime) -> int:
    """In the morning: to each person one mail of what waits for them, once a day. What happened since the morning waits
    for the next one; reminders do not. How many mails."""
    if not is_morning(now):
        return 0
    today = site_day(now)
    begun = timezone.make_aware(datetime.combine(today, MORNING), timezone.get_default_timezone())
    waiting = Notice.objects.unsent().filter(person__is_active=True).exclude(person__email="")
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return 0
    had = people_with_digest(today)
    # Held: of two rounds at once the second finds them in the first one's mails.
    held = Notice.objects.unsent().select_for_update(of=("self",)).filter(pk__in=keys).order_by("at", "pk")
    by_person: dict[int, list[Notice]] = {}
    for notice in held.select_related("person__plan_choices", "person__wagtail_userprofile"):
        if notice.person_id not in had and (notice.at < begun or notice.kind_choice is NoticeKind.REMINDER):
            by_person.setdefault(notice.person_id, []).append(notice)
    letters = [_digest(notices, today) for notices in by_person.values()]
    mails = OutboxMail.objects.put(letters, now)
    for notices, mail in zip(by_person.values(), mails, strict=True):
        for notice in notices:
            notice.mail = mail
    Notice.objects.bulk_update([notice for notices in by_person.values() for notice in notices], ["mail"])
    posting.tell_workers([mail.pk for mail in mails], now)
    return len(mails)


def people_with_digest(today: date) -> set[int]:
    """Keys of those who have had their mail of this morning."""
    mails = OutboxMail.objects.filter(purpose=DIGEST, reference__startswith=f"{today}/")
    return {int(reference.partition("/")[2]) for reference in mails.values_list("reference", flat=True)}


def _digest(notices: Sequence[Notice], today: date) -> Letter:
    person = notices[0].person
    language = language_of(person)
    messages = tuple(Message.of(notice.message) for notice in notices)
    if len(messages) == 1:
        message = messages[0]
    else:
        with translation.override(language):
            subject = ngettext("%(day)s: %(count)d message", "%(day)s: %(count)d messages", len(messages))
            named = {"day": formats.day(today, language), "count": len(messages)}
            message = Message(subject % named, parts=messages, language=language)
    return letter_of(message, DIGEST, f"{today}/{person.pk}", person)


def letter_of(message: Message, purpose: str, reference: str, person: Any) -> Letter:
    """The mail of a message, as text and as HTML."""
    subject, text, html = _rendered(message)
    return Letter(str(purpose), reference, person.email, message.language, subject, text, html)


def letter_to_citizen(message: Message, reference: str, email: str) -> Letter:
    """To somebody without an account, who has nothing to choose. Nothing of it stays in memory."""
    subject, text, html = _written(message, None)
    return Letter(CITIZEN, reference, email, message.language, subject, text, html)


@lru_cache(maxsize=64)
def _rendered(message: Message) -> tuple[str, str, str]:
    with translation.override(message.language):
        footer = Link(_("Language of mails, one mail a day, deputy:"), full_address("plan_pages_my_choices"))
    return _written(message, footer)


def _written(message: Message, footer: Link | None) -> tuple[str, str, str]:
    with translation.override(message.language):
        context = {"message": message, "footer": footer, "language": message.language}
        html = render_to_string("plan_pages/mail/letter.html", context)
    last = [f"{footer.words}\n{footer.address}"] if footer else []
    return message.subject, "\n\n".join([*_paragraphs(message), *last]) + "\n", html


def _paragraphs(message: Message) -> Iterable[str]:
    yield from message.paragraphs
    if message.quote:
        yield "\n".join(f"> {line}" for line in message.quote.splitlines())
    if message.items:
        yield "\n".join(f"– {item.words}\n  {item.address}" for item in message.items)
    if message.more:
        yield message.more
    if message.link:
        yield f"{message.link.words}\n{message.link.address}"
    for part in message.parts:
        yield f"{part.subject}\n{'-' * min(len(part.subject), 72)}"
        yield from _paragraphs(part)
