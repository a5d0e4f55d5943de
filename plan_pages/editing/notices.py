"""What people are told of a return and its period: who submitted, sent back, approved, commented, locked, reopened. Called
by the deeds, in their transaction. Who did it is not told.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages import formats, letters
from plan_pages.choices import NoticeKind
from plan_pages.languages import active_language
from plan_pages.letters import Event, Link, Message
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import own_chapters_for
from plan_pages.register import Chapter, Indicator, Measure
from plan_pages.staff import coordinators, editors_of


def submitted(chapter_return: ChapterReturn, user: Any) -> None:
    """To the coordinators: it waits for them."""

    def write() -> Message:
        return Message(
            _("Submitted for approval: %(what)s") % {"what": _what(chapter_return)},
            (
                _("%(person)s has submitted the return. It waits for the decision of the coordinating group.")
                % _by(user),
            ),
            link=Link(_("Look at the return"), _address(chapter_return)),
        )

    _tell(list(coordinators()), NoticeKind.SUBMITTED, chapter_return, user, write)


def sent_back(chapter_return: ChapterReturn, user: Any) -> None:
    """To the editors of the chapter's group, with the reason."""

    def write() -> Message:
        return Message(
            _("Sent back for correction: %(what)s") % {"what": _what(chapter_return)},
            (_("%(person)s has sent the return back. The reason:") % _by(user),),
            quote=chapter_return.reason,
            link=Link(_("Correct the return"), _address(chapter_return)),
        )

    _tell(_editors(chapter_return), NoticeKind.SENT_BACK, chapter_return, user, write)


def approved(chapter_return: ChapterReturn, user: Any) -> None:
    """To the editors of the chapter's group."""

    def write() -> Message:
        return Message(
            _("Approved: %(what)s") % {"what": _what(chapter_return)},
            (_("%(person)s has approved the return. It is in the public plan and in reports now.") % _by(user),),
            link=Link(_("Look at the return"), _address(chapter_return)),
        )

    _tell(_editors(chapter_return), NoticeKind.APPROVED, chapter_return, user, write)


def commented(chapter_return: ChapterReturn, row: Measure | Indicator, text: str, user: Any) -> None:
    """To the other side: what an editor writes to the coordinators, what anybody else writes to the editors."""
    editors = _editors(chapter_return)
    is_editor = chapter_return.chapter in own_chapters_for(user)
    people = list(coordinators()) if is_editor else editors

    def write() -> Message:
        return Message(
            _("Comment on %(code)s: %(what)s") % {"code": row.code, "what": _what(chapter_return)},
            (_("%(person)s has written about “%(row)s”:") % {**_by(user), "row": row},),
            quote=text,
            link=Link(_("Look at it in the return"), _address(chapter_return, row)),
        )

    _tell(people, NoticeKind.COMMENT, chapter_return, user, write)


def locked(period: ReportingPeriod, user: Any) -> None:
    """To the editors of all chapters of the plan."""

    def write() -> Message:
        return Message(
            _("Locked: %(period)s") % {"period": _period(period)},
            (
                _("%(person)s has locked the period. What was approved for it is not changed any more.") % _by(user),
                _("Returns that were not approved by now are not in the public plan."),
            ),
            link=Link(_("Returns of chapters"), letters.full_address("plan_pages_returns")),
        )

    _tell_all(period, NoticeKind.PERIOD_LOCKED, user, write)


def reopened(period: ReportingPeriod, user: Any, reason: str) -> None:
    """To the editors of all chapters of the plan, with the reason."""

    def write() -> Message:
        return Message(
            _("Open again: %(period)s") % {"period": _period(period)},
            (_("%(person)s has opened the period again. The reason:") % _by(user),),
            quote=reason,
            link=Link(_("Returns of chapters"), letters.full_address("plan_pages_returns")),
        )

    _tell_all(period, NoticeKind.PERIOD_REOPENED, user, write)


def _tell(
    people: list[Any], kind: NoticeKind, chapter_return: ChapterReturn, user: Any, write: Callable[[], Message]
) -> None:
    now = timezone.now()
    event = Event(kind, f"{chapter_return.pk} {now.isoformat()}", chapter_return.period)
    letters.tell(people, event, write, but_not=user, now=now)


def _tell_all(period: ReportingPeriod, kind: NoticeKind, user: Any, write: Callable[[], Message]) -> None:
    now = timezone.now()
    chapters = Chapter.objects.filter(plan=period.plan_id, retired_at__isnull=True)
    people = {person.pk: person for editors in editors_of(chapters).values() for person in editors}
    letters.tell(people.values(), Event(kind, f"{period.pk} {now.isoformat()}", period), write, but_not=user, now=now)


def _editors(chapter_return: ChapterReturn) -> list[Any]:
    """Who submitted it first."""
    chapter = chapter_return.chapter
    return sorted(editors_of([chapter])[chapter.pk], key=lambda person: person.pk != chapter_return.submitted_by_id)


def _what(chapter_return: ChapterReturn) -> str:
    return f"{chapter_return.chapter}, {_period(chapter_return.period)}"


def _period(period: ReportingPeriod) -> str:
    return formats.period(period.value, active_language())


def _by(user: Any) -> dict[str, str]:
    return {"person": letters.name_of(user)}


def _address(chapter_return: ChapterReturn, row: Measure | Indicator | None = None) -> str:
    """Of the return, or of its row, which the screen of the return has under this name."""
    fragment = f"{row._meta.model_name}-{row.pk}" if row else ""
    return letters.full_address("plan_pages_return", chapter_return.pk, fragment=fragment)
