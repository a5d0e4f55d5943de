"""What stands around a report: its names, its footer, its cover's facts, and the remark on demonstration data."""

from dataclasses import replace
from datetime import date

from plan_pages.choices import PlanStage
from reports.choices import ReportKind
from reports.compose import formats, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.document import Block, Document, Footer, Layout, Run, Words, plain


def document(
    kind: ReportKind, layout: Layout, blocks: tuple[Block, ...], basis: Basis, about: Words | None = None
) -> Document:
    """The blocks as a report for its period: of the plan, or of that part of it which it is about."""
    title = plain(plan_title(basis) if about is None else about)
    return Document(
        title=f"{kind.label}: {title}",
        subtitle=formats.period(basis.period, basis.language),
        language=basis.language,
        layout=layout,
        data_date=data_date(basis),
        footer=Footer(
            plan=plan_title(basis, 90),
            period=formats.period(basis.period, basis.language),
            data_date=data_of(basis),
            page=_("Page {page} of {pages}"),
        ),
        blocks=blocks,
        banner=_("Demonstration data: not the city's real figures") if basis.plan.demonstration else "",
        author=basis.plan.owner.best(basis.language),
        subject=_("Progress of the plan, %(period)s") % {"period": formats.period_short(basis.period, basis.language)},
        keywords=(kind.label, title, str(basis.period)),
    )


def plan_title(basis: Basis, limit: int = 0) -> Run:
    """Whole, or in at most so many characters."""
    title = words.said(basis.plan.title, basis, 0)
    if not title.text:
        return Run(_("Strategic plan"))
    return replace(title, text=formats.shortened(title.text, limit)) if limit else title


def owner(basis: Basis, limit: int = 0) -> Run:
    """Whose plan it is."""
    name = words.said(basis.plan.owner, basis, 0)
    return replace(name, text=formats.shortened(name.text, limit)) if limit else name


def data_date(basis: Basis) -> date:
    """Of the last change in the data; of a plan that does not know it, the period's end."""
    return basis.plan.data_date or basis.period.last_day


def data_of(basis: Basis) -> str:
    return _("Data of %(day)s") % {"day": formats.day_long(data_date(basis), basis.language)}


def facts(basis: Basis) -> tuple[tuple[str, Words], ...]:
    """For a cover: what the report is about and what stands behind it."""
    plan, language = basis.plan, basis.language
    found: list[tuple[str, Words]] = [
        (_("Reporting period"), formats.period(basis.period, language)),
        (_("Period of the plan"), f"{plan.start_year}–{plan.end_year}"),
        (_("Stage of the plan"), plan.stage.label),
    ]
    if plan.stage is PlanStage.APPROVED and (approved := _approval(basis)):
        found.append((_("Approval"), approved))
    if basis.changes is not None:
        found.append((_("Compared with"), formats.period(basis.before_period, language)))
    found.append((_("Date of the data"), formats.day_long(data_date(basis), language)))
    return tuple(found)


def _approval(basis: Basis) -> Words:
    approval = basis.plan.approval
    parts: list[Words] = [words.said(approval.body, basis)]
    if approval.date:
        parts.append(formats.day_long(approval.date, basis.language))
    if approval.number:
        parts.append(_("No. %(number)s") % {"number": approval.number})
    return words.joined(parts, ", ")
