"""The plan that an address of the API speaks of, as everyone may read it: on a day, in a language, with the addresses of
its parts. Who asks does not matter: a token shows no more here than nobody's question.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages import content_version
from plan_pages.api.asking import Asking, Dated, language_of, refuse
from plan_pages.domain import progress
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from plan_pages.domain.progress import PlanProgress
from plan_pages.domain.selection import Listed, Selection, select
from plan_pages.reading import Unavailable, plan_by_slug, plan_for_everyone
from plan_pages.register import Plan as PlanRow


@dataclass(frozen=True, slots=True)
class Subject:
    """`address`: of the plan in the API; `site`: of the site, without a path. `period`: where one was asked for.
    `version`: of the content, where it is known."""

    row: PlanRow
    plan: Plan
    as_of: date
    period: Period | None
    language: str
    address: str
    site: str
    version: str | None

    def progress(self) -> PlanProgress:
        """The figures of the plan on the day."""
        return self._figures()[0]

    def measures(self) -> tuple[Listed, ...]:
        """Those of the plan with their figures, by their codes."""
        return self._figures()[1]

    def _figures(self) -> "Figures":
        kept = _kept.get(self.row.pk)
        if kept is not None and kept[:2] == (self.version, self.as_of):
            return kept[2]
        found = progress.of_plan(self.plan, self.as_of)
        figures = found, select(found, Selection())
        if self.version is not None and self.period is None:
            _kept[self.row.pk] = self.version, self.as_of, figures
        return figures


Figures: TypeAlias = tuple[PlanProgress, tuple[Listed, ...]]
_kept: dict[int, tuple[str, date, Figures]] = {}
"""Today's figures of each plan, and the content version of which they are: most answers tell some of them."""


def subject_of(request: HttpRequest, slug: str, asked: Asking, only: Q | None = None) -> Subject:
    """`only`: no other chapters are needed. Raises Http404 where there is no such plan, or not for everyone."""
    version = content_version.read_by(request)
    row = plan_by_slug(slug, version)
    if row is None:
        raise Http404(_("There is no such plan."))
    try:
        plan = plan_for_everyone(row, version, only)
    except Unavailable as error:
        raise Http404(_("There is no such plan.")) from error
    period = _period(asked, plan)
    return Subject(
        row=row,
        plan=plan,
        as_of=period.last_day if period else timezone.localdate(),
        period=period,
        language=language_of(request, asked),
        address=plan_address(request, slug),
        site=site_address(request),
        version=version if only is None else None,  # figures of a part are nobody else's
    )


def site_address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


def plan_address(request: HttpRequest, slug: str) -> str:
    return request.build_absolute_uri(reverse("wagtailapi_v3:plan_detail", args=[slug]))


def _period(asked: Asking, plan: Plan) -> Period | None:
    if not isinstance(asked, Dated) or asked.period is None:
        return None
    period = Period.parse(asked.period)
    if not plan.start <= period.last_day <= plan.last_day:
        words = _("The plan runs from %(first)d to %(last)d.")
        refuse("period", words % {"first": plan.start_year, "last": plan.end_year})
    if not is_over(period, plan):
        refuse("period", _("The period is not over yet."))
    return period


def is_over(period: Period, plan: Plan) -> bool:
    """Whether a plan has figures of the last day of a period."""
    return plan.start <= period.last_day <= plan.last_day and period.last_day < timezone.localdate()
