"""The working groups of a plan, and the chapters that they answer for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, PlanSlug, left_out, words
from plan_pages.api.shapes import Batch, LocalText, PlanReference, Uri, local_text
from plan_pages.api.subject import subject_of
from plan_pages.api.summaries import GroupSummary, group_summary, plan_reference, reference
from plan_pages.choices import GroupKind

router = Router(tags=["plan"])


class GroupBatch(Batch):
    items: list[GroupSummary]


class GroupLinks(TypedDict):
    page: Uri | None
    plan: Uri
    up: Uri


class GroupDetail(GroupSummary):
    remit: LocalText | None
    plan: PlanReference
    answers_for: list[PlanReference]
    links: GroupLinks


class GroupsAsked(Batched):
    code: str | None = left_out("The group's own code.")
    kind: GroupKind | None = left_out("The coordinating one, or those that work.", **words(GroupKind))


@router.get(
    "/{slug}/groups/", response=GroupBatch, url_name="groups_list", operation_id="groups_list", summary="Working groups"
)
def groups_list(request: HttpRequest, slug: PlanSlug, query: Query[GroupsAsked]) -> HttpResponse:
    """Those that everyone may see, in their order."""
    subject = subject_of(request, slug, query)
    found = [
        each for each in subject.plan.groups if query.code in (None, each.code) and query.kind in (None, each.kind)
    ]
    items = [group_summary(subject, each) for each in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


@router.get(
    "/{slug}/groups/{code}/",
    response=GroupDetail,
    url_name="group_detail",
    operation_id="group_detail",
    summary="A working group",
)
def group_detail(request: HttpRequest, slug: PlanSlug, code: str, query: Query[Asking]) -> HttpResponse:
    """With its remit and its chapters."""
    subject = subject_of(request, slug, query)
    group = subject.plan.group(code)
    if group is None:
        raise Http404(_("The plan has no such group."))
    chapters = [each for each in subject.plan.chapters if each.group == code and each.retired is None]
    shape: GroupDetail = {
        **group_summary(subject, group),
        "remit": local_text(group.remit, subject.language),
        "plan": plan_reference(subject),
        "answers_for": [reference(subject, each) for each in chapters],
        "links": {
            "page": group.address.best(subject.language) or None,
            "plan": subject.address,
            "up": f"{subject.address}groups/",
        },
    }
    return answer(shape, subject.language)
