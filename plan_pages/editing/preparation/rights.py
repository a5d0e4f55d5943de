"""Who may do what in the preparation of a plan. Working groups give, coordinators ask and answer; a group's drafts are its
own, and what a group has given is seen by other groups once its round is published.
"""

from typing import Any

from django.db.models import Q, QuerySet

from plan_pages.choices import GIVEN_REMARK_STATES, READABLE_MODERATION, GroupKind, RemarkState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator, roles_for
from plan_pages.register import Plan


def groups_of_plan(plan: Plan) -> QuerySet[GroupPage]:
    """The published working groups of a plan, in their order."""
    if plan.page is None:
        return GroupPage.objects.none()
    return GroupPage.objects.child_of(plan.page).live().filter(kind=GroupKind.WORKING).order_by("path")


def groups_for(user: Any) -> QuerySet[GroupPage]:
    """The working groups in whose name the user speaks."""
    return GroupPage.objects.filter(role__in=roles_for(user), kind=GroupKind.WORKING).order_by("path")


def speaks_for(user: Any, group_id: int | None) -> bool:
    return group_id is not None and groups_for(user).filter(pk=group_id).exists()


def takes_part(user: Any) -> bool:
    """Whether the screens of the preparation are for this user at all."""
    return is_coordinator(user) or groups_for(user).exists()


def rounds_for(user: Any) -> QuerySet[RemarkRound]:
    """A coordinator sees every round, a group those of its own plan."""
    if is_coordinator(user):
        return RemarkRound.objects.all()
    return RemarkRound.objects.filter(plan__in=plans_for(user))


def plans_for(user: Any) -> QuerySet[Plan]:
    """The plans to whose groups the user belongs."""
    paths = {path[: -GroupPage.steplen] for path in groups_for(user).values_list("path", flat=True)}
    return Plan.objects.filter(page__path__in=paths)


def remarks_for(user: Any) -> QuerySet[Remark]:
    """The remarks that the user may read."""
    given = Q(state__in=GIVEN_REMARK_STATES)
    groups = groups_for(user)
    own = Q(group__in=groups)
    if is_coordinator(user):
        return Remark.objects.filter(own | ~Q(state=RemarkState.DRAFT))
    published = Q(round__published_at__isnull=False, plan__in=plans_for(user), moderation__in=READABLE_MODERATION)
    return Remark.objects.filter(own | (given & published))


def answers_for(user: Any) -> QuerySet[RequestAnswer]:
    """The groups' answers to requests that the user may read."""
    if is_coordinator(user):
        return RequestAnswer.objects.all()
    return RequestAnswer.objects.filter(group__in=groups_for(user))
