"""How each group stands with rounds of remarks and requests: a table of groups × what is asked, in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_pages.choices import GIVEN_REMARK_STATES, RemarkState, RoundState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.editing.preparation.rights import groups_of_plan
from plan_pages.pages.group import GroupPage
from plan_pages.register import Plan


@dataclass(frozen=True, slots=True)
class Cell:
    """`is_late`: the day has passed and nothing came. `is_done`: nothing more is awaited."""

    words: str
    url: str = ""
    is_late: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A column: a round or a request."""

    title: str
    due: date
    url: str
    is_request: bool


@dataclass(frozen=True, slots=True)
class Line:
    group: GroupPage
    cells: tuple[tuple[Asked, Cell], ...]

    @property
    def late(self) -> int:
        return sum(cell.is_late for _asked, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Asked, ...]
    lines: tuple[Line, ...]


def table(plan: Plan, rounds: Sequence[RemarkRound], requests: Sequence[InformationRequest], today: date) -> Table:
    """The groups that are late stand first."""
    groups = list(groups_of_plan(plan))
    remarks = _of_rounds(rounds, groups, today)
    answers = _of_requests(requests, groups, today)
    columns = tuple(
        [Asked(str(each), each.due, reverse("plan_pages_round", args=[each.pk]), False) for each in rounds]
        + [Asked(each.title, each.due, reverse("plan_pages_request", args=[each.pk]), True) for each in requests]
    )
    found = [
        Line(
            group,
            tuple(
                zip(
                    columns,
                    [remarks[each.pk, group.pk] for each in rounds]
                    + [answers.get((each.pk, group.pk), Cell(_("not asked"), is_done=True)) for each in requests],
                    strict=True,
                )
            ),
        )
        for group in groups
    ]
    return Table(columns, tuple(sorted(found, key=lambda line: -line.late)))


def _of_rounds(rounds: Sequence[RemarkRound], groups: Sequence[GroupPage], today: date) -> dict[tuple[int, int], Cell]:
    counted = Remark.objects.filter(round__in=rounds).order_by().values("round", "group", "state")
    counts = {(row["round"], row["group"], row["state"]): row["count"] for row in counted.annotate(count=Count("pk"))}
    silent = set(NoRemarks.objects.filter(round__in=rounds).values_list("round", "group"))
    found = {}
    for each in rounds:
        state = each.state_on(today)
        is_over, is_past = state is RoundState.CLOSED, state is RoundState.PUBLISHED
        for group in groups:
            key = (each.pk, group.pk)
            given = sum(counts.get((*key, state.value), 0) for state in GIVEN_REMARK_STATES)
            drafts = counts.get((*key, RemarkState.DRAFT.value), 0)
            if given:
                words = ngettext("%(count)d remark", "%(count)d remarks", given) % {"count": given}
                url = f"{reverse('plan_pages_remarks')}?round={each.pk}&group={group.pk}"
                found[key] = Cell(words, url, is_done=True)
            elif key in silent:
                found[key] = Cell(_("no remarks"), is_done=True)
            elif is_over or is_past:
                found[key] = Cell(_("nothing given"), is_late=is_over, is_done=is_past)
            elif drafts:
                words = ngettext("%(count)d draft", "%(count)d drafts", drafts) % {"count": drafts}
                found[key] = Cell(words)
            else:
                found[key] = Cell(_("nothing yet"))
    return found


def _of_requests(
    requests: Sequence[InformationRequest], groups: Sequence[GroupPage], today: date
) -> dict[tuple[int, int], Cell]:
    found = RequestAnswer.objects.filter(request__in=requests, group__in=groups).defer("text")
    return {
        (each.request_id, each.group_id): Cell(
            each.state_choice.label,
            reverse("plan_pages_request_answer", args=[each.pk]),
            is_late=each.is_overdue(today),
            is_done=each.answered_at is not None,
        )
        for each in found
    }
