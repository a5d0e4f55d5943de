"""The deeds on what hangs on a row of a return: evidence (documents, links) and comments. Each checks the right at the
object and the state, changes all or nothing, and writes the log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.db import transaction
from django.forms import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.log_actions import log

from plan_pages.choices import ReturnState
from plan_pages.comments import TEXT_LENGTH, RowComment
from plan_pages.editing import notices
from plan_pages.editing.refusal import NO_NULS, NUL, Refused, Unfit
from plan_pages.evidence import TITLE_LENGTH, Evidence
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import (
    closed_evidence_collection,
    is_coordinator,
    may_comment,
    may_edit_return,
    may_view_return,
    open_evidence_collection,
)
from plan_pages.register import Indicator, Measure

ADDRESS_LENGTH = 2000


@transaction.atomic
def add_document(chapter_return: ChapterReturn, measure: Measure, user: Any, file: Any, title: str = "") -> Evidence:
    """The file becomes a document of the working group, closed to everyone else until the return is approved."""
    _check(chapter_return, measure, user)
    if file is None:
        raise Unfit({"file": _("Choose a file.")})
    collection = closed_evidence_collection(chapter_return.chapter)
    if collection is None:
        raise Refused(
            _("The working group has no collection for its files yet: a coordinator makes its editors’ role.")
        )
    title = title.strip() or file.name
    if len(title) > TITLE_LENGTH:
        raise Unfit({"title": _too_long()})
    Document = get_document_model()
    form = get_document_form(Document, ["title", "file"])(
        {"title": title, "collection": collection.pk}, {"file": file}, instance=Document(uploaded_by_user=user)
    )
    form.fields["collection"].queryset = type(collection).objects.filter(pk=collection.pk)
    if not form.is_valid():
        raise Unfit({name: " ".join(str(error) for error in errors) for name, errors in form.errors.items()})
    document = form.save()
    found = Evidence.objects.create(
        chapter_return=chapter_return, measure=measure, document=document, title=title, added_by=user
    )
    _log(found, "plan_pages.evidence.add", user)
    return found


@transaction.atomic
def add_link(chapter_return: ChapterReturn, measure: Measure, user: Any, url: str, title: str = "") -> Evidence:
    """An address of the web, http or https."""
    _check(chapter_return, measure, user)
    url, title = url.strip(), title.strip()
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise Unfit({"url": _("This is not an address of the web: it begins with https://.")}) from error
    if len(url) > ADDRESS_LENGTH:
        raise Unfit({"url": _("The address is longer than %(limit)d characters.") % {"limit": ADDRESS_LENGTH}})
    if len(title) > TITLE_LENGTH:
        raise Unfit({"title": _too_long()})
    for name, text in (("url", url), ("title", title)):
        if NUL in text:
            raise Unfit({name: str(NO_NULS)})
    if Evidence.objects.filter(chapter_return=chapter_return, measure=measure, url=url).exists():
        raise Unfit({"url": _("This address is there already.")})
    shown = title or Truncator(url).chars(TITLE_LENGTH)
    found = Evidence.objects.create(chapter_return=chapter_return, measure=measure, url=url, title=shown, added_by=user)
    _log(found, "plan_pages.evidence.add", user)
    return found


def may_remove(evidence: Evidence, user: Any) -> bool:
    """Whoever added it, and coordinators; as long as the return may be edited."""
    return evidence.added_by_id == user.pk or is_coordinator(user)


@transaction.atomic
def remove_evidence(evidence: Evidence, user: Any) -> None:
    """Its document goes with it."""
    _check(evidence.chapter_return, evidence.measure, user)
    if not may_remove(evidence, user):
        raise PermissionDenied
    _log(evidence, "plan_pages.evidence.remove", user)
    document = evidence.document
    evidence.delete()
    if document and not Evidence.objects.filter(document=document).exists():
        document.delete()


@transaction.atomic
def comment(chapter_return: ChapterReturn, row: Measure | Indicator, user: Any, text: str) -> RowComment:
    """Said to the other side, in every state until the period is locked. Never public."""
    _check_talk(chapter_return, user)
    if row.chapter_id != chapter_return.chapter_id:
        raise PermissionDenied
    text = text.strip()
    if not text:
        raise Unfit({"text": _("Write the comment.")})
    if len(text) > TEXT_LENGTH:
        raise Unfit({"text": _("The comment is longer than %(limit)d characters.") % {"limit": TEXT_LENGTH}})
    if NUL in text:
        raise Unfit({"text": str(NO_NULS)})
    of = {"measure": row} if isinstance(row, Measure) else {"indicator": row}
    found = RowComment.objects.create(chapter_return=chapter_return, author=user, text=text, **of)
    log(chapter_return, "plan_pages.comment.add", user=user, data={"row": str(row), "text": text})
    notices.commented(chapter_return, row, text, user)
    return found


@transaction.atomic
def settle(found: RowComment, user: Any, *, settled: bool = True) -> None:
    """Nothing is left to do about it; or, taken back, something is."""
    _check_talk(found.chapter_return, user)
    found.settled_at = timezone.now() if settled else None
    found.settled_by = user if settled else None
    found.save()


def open_documents(chapter_return: ChapterReturn) -> None:
    """The return is approved: its documents are everyone's."""
    _move_documents(chapter_return, open_evidence_collection(chapter_return.chapter))


def close_documents(chapter_return: ChapterReturn) -> None:
    """It is not approved any more: its documents are its group's, but for those that another approved return shows."""
    _move_documents(chapter_return, closed_evidence_collection(chapter_return.chapter))


def _move_documents(chapter_return: ChapterReturn, collection: Any) -> None:
    if collection is None:
        return
    keys = chapter_return.evidence.filter(document__isnull=False).values("document")
    shown = Evidence.objects.public().exclude(chapter_return=chapter_return).filter(document__isnull=False)
    documents = get_document_model().objects.filter(pk__in=keys).exclude(pk__in=shown.values("document"))
    documents.update(collection=collection)


def _check(chapter_return: ChapterReturn, measure: Measure, user: Any) -> None:
    found = ChapterReturn.objects.select_for_update(of=("self",)).select_related("period").get(pk=chapter_return.pk)
    if not may_view_return(user, found) or measure.chapter_id != found.chapter_id:
        raise PermissionDenied
    if not may_edit_return(user, found):
        raise Refused(_("The return cannot be changed now. Its state: %(state)s.") % {"state": _state(found)})


def _check_talk(chapter_return: ChapterReturn, user: Any) -> None:
    found = ChapterReturn.objects.select_related("period").get(pk=chapter_return.pk)
    if not may_view_return(user, found):
        raise PermissionDenied
    if not may_comment(user, found):
        raise Refused(_("The period %(period)s is locked.") % {"period": found.period})


def _too_long() -> str:
    return _("The title is longer than %(limit)d characters.") % {"limit": TITLE_LENGTH}


def _state(chapter_return: ChapterReturn) -> str:
    return ReturnState(chapter_return.state).label


def _log(evidence: Evidence, action: str, user: Any) -> None:
    data = {"title": evidence.title, "row": str(evidence.measure)}
    log(evidence.chapter_return, action, user=user, data=data)
