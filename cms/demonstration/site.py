"""The demonstration site in the database: pages, roles, returns that wait, users. Doing it twice changes nothing more."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from cms.demonstration.preparation import prepare
from cms.demonstration.reporting import schedule_reports
from cms.demonstration.values import Demonstration, Pending, Raw
from cms.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from plan_pages.choices import ReturnState
from plan_pages.domain.periods import Period
from plan_pages.exchange.store import store
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupMeeting, GroupMember, GroupPage
from plan_pages.pages.plan import PlanPage
from plan_pages.permissions import approvers_role, coordinators_role, make_plan_roles, make_role, readers_role
from plan_pages.register import Chapter, DeadlineChange, Indicator, Measure

LANGUAGES = ("lt", "en")
DAYS_TO_REPORT = 15
HOME = {"lt": "Kaip sekasi įgyvendinti Kauno planą iki 2030 m.", "en": "How is Kaunas doing on its 2030 plan?"}
CONTACT = "kontaktai"
NEWS = {"lt": "Naujienos", "en": "News"}


@dataclass(frozen=True)
class Login:
    """A user of the demonstration: what they are for, and the password that was made for them now."""

    role: str
    username: str
    password: str


@transaction.atomic
def load(data: Demonstration, progress: Callable[[str], None] = lambda step: None) -> PlanPage:
    """Make the demonstration site, or bring it up to date. The plan's page."""
    home = _home()
    page = store(data.plan, data.slug, home, progress=progress).page
    _plan_prose(page, data.raw)
    home.plan_page = page
    _publish(home)
    _groups(page, data.raw["groups"])
    _chapters(page, data)
    _deadlines(page, data)
    _periods(page, data)
    for pending in data.pending:
        _pending(page, pending)
    _news(home, page, data.news)
    _content(home, data.pages)
    make_plan_roles(page)
    for group in page.group_pages():
        make_role(group)
    prepare(page, data.preparation, timezone.localdate())
    schedule_reports(page.plan, reported_period(data, timezone.localdate()))
    return page


def _home() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title=HOME["lt"], heading_en=HOME["en"], slug="pradzia", live=True))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    address = settings.SITE_URL.partition("://")[2]
    host, _colon, port = address.partition(":")
    default_port = 443 if settings.SITE_URL.startswith("https") else 80
    welcome = site.root_page if site.pk and site.root_page_id != home.pk else None
    site.hostname, site.port, site.root_page = host, int(port or default_port), home
    site.site_name = site.site_name or "Kauno planas"
    site.save()
    if welcome is not None and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()  # Wagtail's own first page
    return home


def _publish(page: Any) -> None:
    page.save_revision().publish()
    page.refresh_from_db()


def _set(page: Any, **fields: Raw) -> None:
    for name, texts in fields.items():
        for code in LANGUAGES:
            setattr(page, f"{name}_{code}", (texts.get(code) or "").strip())


def _plan_prose(page: PlanPage, raw: Raw) -> None:
    _set(page, body=raw["intro"])
    page.headline_indicators = raw.get("headlines") or ""
    _publish(page)


def _groups(plan_page: PlanPage, groups: Iterable[Raw]) -> None:
    pages = {page.code: page for page in GroupPage.objects.child_of(plan_page)}
    for raw in groups:
        page = pages[raw["code"]]
        page.slug = raw.get("slug") or page.slug
        page.answers_to = pages.get(raw.get("answers_to") or "")
        if not page.members.exists():
            for place, each in enumerate(raw.get("members") or ()):
                member = GroupMember(kind=each["kind"], person=each.get("name") or "", chairs=each.get("chairs", False))
                member.sort_order = place
                _set(member, institution=each["institution"], role=each["role"])
                page.members.add(member)
        if not page.meetings.exists():
            for place, each in enumerate(raw.get("meetings") or ()):
                meeting = GroupMeeting(date=date.fromisoformat(str(each["date"])), sort_order=place)
                agenda = {code: "\n".join(item[code] for item in each["agenda"]) for code in LANGUAGES}
                _set(meeting, title=each["title"], agenda=agenda)
                page.meetings.add(meeting)
        _publish(page)


def _chapters(plan_page: PlanPage, data: Demonstration) -> None:
    for page in ChapterPage.objects.child_of(plan_page):
        raw = data.chapters[page.code]
        _set(page, body=raw["body"])
        page.slug = raw["slug"]
        _publish(page)


def _deadlines(plan_page: PlanPage, data: Demonstration) -> None:
    """The history of moved deadlines, which a site that had been in use would have gathered by itself."""
    for measure in data.plan.measures():
        if not measure.deadline_changes:
            continue
        row = Measure.objects.get(plan__page=plan_page, code=measure.code, retired_at__isnull=True)
        if not row.deadline_changes.exists():
            for each in measure.deadline_changes:
                DeadlineChange.objects.create(measure=row, changed=each.changed, was=each.was, became=each.became)
            Measure.objects.filter(pk=row.pk).update(original_end=measure.deadline_changes[0].was)


def _periods(plan_page: PlanPage, data: Demonstration) -> None:
    """When each period opened, was due and was locked; returns were approved on the day on which they were due."""
    reported = {period for chapter in data.plan.chapters for period in chapter.reported}
    for row in ReportingPeriod.objects.filter(plan__page=plan_page):
        if row.value not in reported:
            continue
        due = row.last_day + timedelta(days=DAYS_TO_REPORT)
        row.opens, row.due = row.last_day + timedelta(days=1), due
        row.locked_at = _at(due + timedelta(days=15)) if row.value < max(reported) else None
        row.save()
        row.returns.filter(state=ReturnState.APPROVED).update(approved_at=_at(due), submitted_at=_at(due))


def _at(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _pending(plan_page: PlanPage, pending: Pending) -> None:
    chapter = Chapter.objects.get(plan__page=plan_page, code=pending.chapter, retired_at__isnull=True)
    period = ReportingPeriod.objects.get(plan=chapter.plan, period=str(pending.period))
    submitted = pending.state is ReturnState.SUBMITTED
    row, _made = ChapterReturn.objects.update_or_create(
        chapter=chapter,
        period=period,
        defaults={
            "state": pending.state.value,
            "submitted_at": _at(period.due or period.last_day) if submitted else None,
        },
    )
    for code, entry in pending.entries.items():
        Entry.objects.update_or_create(
            chapter_return=row,
            measure=Measure.objects.get(chapter=chapter, code=code, retired_at__isnull=True),
            defaults={
                "status": entry.status.value,
                "percent": entry.percent,
                "note": entry.note.as_dict(),
                "next": entry.next.as_dict(),
                "reason": entry.reason.as_dict(),
            },
        )
    for code, value in pending.values.items():
        IndicatorValue.objects.update_or_create(
            indicator=Indicator.objects.get(chapter=chapter, code=code, retired_at__isnull=True),
            period=period,
            defaults={
                "target": value.target,
                "actual": value.actual,
                "unavailable": value.unavailable,
                "note": value.note.as_dict(),
            },
        )


def _news(home: HomePage, plan_page: PlanPage, items: Iterable[Raw]) -> None:
    index = NewsIndexPage.objects.child_of(home).first()
    if index is None:
        index = home.add_child(
            instance=NewsIndexPage(title=NEWS["lt"], heading_en=NEWS["en"], slug="naujienos", live=True)
        )
    chapters = {page.code: page for page in ChapterPage.objects.child_of(plan_page)}
    for raw in items:
        page = NewsPage.objects.child_of(index).filter(slug=raw["slug"]).first() or NewsPage(slug=raw["slug"])
        page.title, page.heading_en, page.date = raw["title"]["lt"], raw["title"]["en"], raw["date"]
        page.is_demonstration, page.measures = raw.get("demonstration", False), raw.get("measures") or ""
        _set(page, intro=raw["intro"], body=raw["body"])
        if page.pk is None:
            index.add_child(instance=page)
        page.chapters = [chapters[code] for code in raw.get("chapters") or ()]
        _publish(page)


def _content(home: HomePage, items: Iterable[Raw]) -> None:
    for raw in items:
        page = ContentPage.objects.child_of(home).filter(slug=raw["slug"]).first() or ContentPage(slug=raw["slug"])
        page.title, page.heading_en = raw["title"]["lt"], raw["title"]["en"]
        _set(page, body=raw["body"])
        if page.pk is None:
            home.add_child(instance=page)
        _publish(page)
    home.refresh_from_db()
    home.contact_page = ContentPage.objects.child_of(home).filter(slug=CONTACT).first()
    _publish(home)


def make_users(plan_page: PlanPage) -> list[Login]:
    """A user for each role, with a password made now."""
    groups = GroupPage.objects.child_of(plan_page).filter(chapter_pages__isnull=False).order_by("path").distinct()
    # An editor who still has something to report, so that there is something to try.
    drafts = ChapterReturn.objects.filter(state=ReturnState.DRAFT).values("chapter__group")
    group = groups.filter(pk__in=drafts).first() or groups[0]
    users: list[tuple[str, str, Iterable[Group | None], bool]] = [
        ("group editor", "redaktorius", [group.role.editors], False),
        ("coordinator", "koordinatorius", [coordinators_role()], False),
        ("approver of texts", "tvirtintojas", [approvers_role(plan_page)], False),
        ("reader", "skaitytojas", [readers_role()], False),
        ("administrator", "administratorius", [], True),
    ]
    return [_login(*each) for each in users]


def _login(role: str, username: str, groups: Iterable[Group | None], is_superuser: bool) -> Login:
    password = secrets.token_urlsafe(9)
    user, _made = get_user_model().objects.get_or_create(username=username)
    user.set_password(password)
    user.is_active, user.is_superuser = True, is_superuser
    user.save()
    user.groups.set([each for each in groups if each is not None])
    UserProfile.get_for_user(user)
    return Login(role, username, password)


def reported_period(data: Demonstration, today: Any) -> Period:
    """The last complete period, or the last one that the demonstration has data of where time has gone past it."""
    last = Period.last_complete(today, data.plan.frequency)
    return min(last, max(period for chapter in data.plan.chapters for period in chapter.reported))
