"""The deeds on a chapter's return: start, record, submit, send back, approve. Each checks the right at the object and the
state, changes all or nothing, and writes the log. Views and commands call these and do nothing of their own.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from plan_pages.choices import ReturnState
from plan_pages.editing import notices
from plan_pages.editing.refusal import NO_NULS, NUL, Refused, UnfitReason
from plan_pages.editing.sheet import ReturnSheet, rows_posted
from plan_pages.editing.talk import close_documents, open_documents
from plan_pages.editing.workbook.proposal import Asked
from plan_pages.editing.workbook.return_proposal import ReturnProposal
from plan_pages.monitoring import BudgetLine, ChapterReturn, ReportingPeriod
from plan_pages.permissions import (
    chapters_for,
    is_coordinator,
    may_approve,
    may_edit_return,
    may_send_back,
    may_submit,
    may_view_return,
)
from plan_pages.register import Chapter

REASON_LENGTH = 2000
ROWS_AT_ONCE = 500
ONE_SITTING = timedelta(hours=1)
RECORD = "plan_pages.return.record"
SEND_BACK = "plan_pages.return.send_back"


def is_open(period: ReportingPeriod, today: date) -> bool:
    """Whether progress may be reported for the period: it has begun to be, and is not locked."""
    return not period.is_locked and (period.opens is None or period.opens <= today)


@transaction.atomic
def start(chapter: Chapter, period: ReportingPeriod, user: Any, today: date) -> ChapterReturn:
    """The chapter's return for the period; the one that is there already, if someone was quicker."""
    if not chapters_for(user).filter(pk=chapter.pk).exists():
        raise PermissionDenied
    if period.plan_id != chapter.plan_id:
        raise Refused(_("The period belongs to another plan."))
    if not is_open(period, today):
        raise Refused(_("The period %(period)s is not open for reporting.") % {"period": period})
    found, made = ChapterReturn.objects.get_or_create(chapter=chapter, period=period)
    if made:
        log(found, "plan_pages.return.start", user=user)
    return found


@transaction.atomic
def record(chapter_return: ChapterReturn, user: Any, data: Mapping[str, Any]) -> ReturnSheet:
    """Keep what was entered, without handing it in. A sheet with errors comes back with them, and nothing is kept."""
    found = _held(chapter_return, user)
    if not may_edit_return(user, found):
        raise not_now(found)
    sheet = ReturnSheet(found, data, may_set_targets=is_coordinator(user))
    if sheet.is_valid():
        sheet.save(user)
        _log_record(found, user)
    return sheet


@transaction.atomic
def record_rows(chapter_return: ChapterReturn, user: Any, data: Mapping[str, Any]) -> ReturnSheet:
    """Keep some rows, each for itself: those with a fault, a question or a conflict come back with it and are not kept,
    the others are."""
    found = _held(chapter_return, user)
    if not may_edit_return(user, found):
        raise not_now(found)
    keys = rows_posted(data)
    if len(keys) > ROWS_AT_ONCE:
        raise Refused(_("More than %(limit)d rows at once.") % {"limit": ROWS_AT_ONCE})
    sheet = ReturnSheet(found, data, only=keys, may_set_targets=is_coordinator(user))
    sheet.is_valid()
    if sheet.save(user):
        _log_record(found, user)
    return sheet


@transaction.atomic
def take_in(chapter_return: ChapterReturn, user: Any, asked: Asked) -> ReturnProposal:
    """Keep what an uploaded workbook asks for, held against what is stored now. A proposal with problems comes back with
    them, and nothing is kept."""
    found = _held(chapter_return, user)
    if not may_edit_return(user, found):
        raise not_now(found)
    proposal = ReturnProposal(found, asked, may_set_targets=is_coordinator(user))
    if proposal.is_good and proposal.rows:
        proposal.save(user)
        log(found, "plan_pages.return.upload", user=user)
    return proposal


@transaction.atomic
def submit(chapter_return: ChapterReturn, user: Any) -> None:
    """Hand it in for approval."""
    found = _held(chapter_return, user)
    if not may_submit(user, found):
        raise not_now(found)
    if not found.entries.exists():
        raise Refused(_("Nothing has been entered yet: give at least one measure its status."))
    found.state = ReturnState.SUBMITTED
    found.submitted_at = timezone.now()
    found.submitted_by = user
    found.save()
    log(found, "plan_pages.return.submit", user=user)
    notices.submitted(found, user)


@transaction.atomic
def send_back(chapter_return: ChapterReturn, user: Any, reason: str) -> None:
    """Back to the editors with a reason. What had been approved leaves the public plan until it is approved again."""
    found = _held(chapter_return, user)
    if not is_coordinator(user):
        raise PermissionDenied
    if not may_send_back(user, found):
        raise not_now(found)
    reason = reason.strip()
    if not reason:
        raise UnfitReason(_("Say why the return goes back: its editors read the reason."))
    if len(reason) > REASON_LENGTH:
        raise UnfitReason(_("The reason is longer than %(limit)d characters.") % {"limit": REASON_LENGTH})
    if NUL in reason:
        raise UnfitReason(str(NO_NULS))
    found.state = ReturnState.RETURNED
    found.reason = reason
    found.approved_at = None
    found.approved_by = None
    found.save()
    close_documents(found)
    log(found, SEND_BACK, user=user, data={"reason": reason})
    notices.sent_back(found, user)


@transaction.atomic
def approve(chapter_return: ChapterReturn, user: Any) -> None:
    """From now on it is in the public plan and in reports, and the money that it reports is the plan's."""
    found = _held(chapter_return, user)
    if not is_coordinator(user):
        raise PermissionDenied
    if not may_approve(user, found):
        raise not_now(found)
    found.state = ReturnState.APPROVED
    found.reason = ""
    found.approved_at = timezone.now()
    found.approved_by = user
    found.save()
    _take_money_over(found)
    open_documents(found)
    log(found, "plan_pages.return.approve", user=user)
    notices.approved(found, user)


def history(chapter_return: ChapterReturn) -> list[Any]:
    """Who did what with the return, and when; not every sitting at it."""
    logs = registry.get_logs_for_instance(chapter_return).filter(action__startswith="plan_pages.return.")
    return list(logs.exclude(action=RECORD).select_related("user").order_by("timestamp", "pk"))


def sent_back_at(history: list[Any]) -> datetime | None:
    """When it was last sent back, if it was."""
    return next((each.timestamp for each in reversed(history) if each.action == SEND_BACK), None)


def _held(chapter_return: ChapterReturn, user: Any) -> ChapterReturn:
    """The return as it is stored now, held until the end of the transaction."""
    rows = ChapterReturn.objects.select_for_update(of=("self", "period")).select_related("period", "chapter__plan")
    found = rows.get(pk=chapter_return.pk)
    if not may_view_return(user, found):
        raise PermissionDenied
    return found


def not_now(chapter_return: ChapterReturn) -> Refused:
    if chapter_return.period.is_locked:
        return Refused(_("The period %(period)s is locked.") % {"period": chapter_return.period})
    return Refused(
        _("This is not possible now. State of the return: %(state)s.") % {"state": chapter_return.state_choice.label}
    )


def _log_record(chapter_return: ChapterReturn, user: Any) -> None:
    """Rows are saved as they are written: one sitting of one person is one line of the log."""
    last = registry.get_logs_for_instance(chapter_return).order_by("-timestamp", "-pk").first()
    since = timezone.now() - ONE_SITTING
    if last and last.action == RECORD and last.user_id == user.pk and last.timestamp > since:
        return
    log(chapter_return, RECORD, user=user)


def _take_money_over(chapter_return: ChapterReturn) -> None:
    for entry in chapter_return.budget_entries.all():
        place = {"measure_id": entry.measure_id, "year": entry.year, "fund": entry.fund}
        if entry.planned is None and entry.spent is None:
            BudgetLine.objects.filter(**place).delete()
        else:
            BudgetLine.objects.update_or_create(**place, defaults={"planned": entry.planned, "spent": entry.spent})
