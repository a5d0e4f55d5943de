"""Addresses of what stands in a plan beside its measures, and what is said of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages import formats
from plan_pages.charts import LineChart
from plan_pages.domain import rounding
from plan_pages.domain.indicators import Reading
from plan_pages.domain.plan import Indicator, Plan
from plan_pages.templatetags.plan_pages_tags import active, local, plan_url

register = template.Library()


@register.simple_tag(takes_context=True)
def indicator_url(context: template.Context, indicator: Indicator, retired: date | None = None) -> str:
    """Of an indicator's page; one that has left the plan is found by its identity. "" where it has no page."""
    base = plan_url(context)
    if not base or not indicator.id:
        return ""
    return f"{base}id/{indicator.id}/" if retired else f"{base}indicators/{indicator.code}/"


@register.simple_tag(takes_context=True)
def group_url(context: template.Context, plan: Plan, code: str) -> str:
    """Of a group's page, "" where the plan has no such group."""
    group = plan.group(code) if code else None
    return local(group.address, context.get("request")) if group else ""


@register.simple_tag(takes_context=True)
def permalink(context: template.Context, public_id: str) -> str:
    """The whole address at which a measure or an indicator is found whatever its code becomes."""
    address: str = context["plan"].address.best(active())
    return f"{address}id/{public_id}/"


@register.filter
def group_of(plan: Plan, code: str) -> Any:
    return plan.group(code) if code else None


@register.filter
def rounded(value: Decimal | None) -> str:
    """A computed amount in an indicator's unit."""
    return "" if value is None else formats.number(rounding.number_shown(value), active())


@register.simple_tag
def chart_told(indicator: Indicator, reading: Reading, plan: Plan, chart: LineChart | None = None) -> str:
    """What a chart shows, in one sentence for those who do not see it; without a chart, the last value."""
    language = active()
    known = [value.period for value in reading.series if value.actual is not None]
    if not known or reading.worth is None:
        return ""
    last = formats.period(known[-1], language, short=True)
    if chart is None:
        now = _amount(formats.number(rounding.number_shown(reading.worth), language), indicator)
        told = _("%(period)s: %(amount)s.") % {"period": last, "amount": now}
    else:
        told = _("%(first)s: %(from)s; %(last)s: %(to)s.") % {
            "first": formats.period(known[0], language, short=True),
            "from": _amount(chart.points[0].label, indicator),
            "last": last,
            "to": _amount(chart.points[-1].label, indicator),
        }
    if indicator.target is None:
        return told
    aim = pgettext("of an indicator", "Target for %(year)d: %(target)s.") % {
        "year": indicator.target_year or plan.end_year,
        "target": _amount(formats.number(indicator.target, language), indicator),
    }
    return f"{told} {aim}"


@register.simple_tag
def trend_meaning(indicator: Indicator, reading: Reading) -> str:
    """The rule by which the word of the trend is chosen."""
    if reading.threshold is None:
        return ""
    return _(
        "Improving: a change for the better larger than %(threshold)s; worsening: a change for the worse larger than "
        "that; otherwise maintaining."
    ) % {"threshold": _amount(rounded(reading.threshold), indicator)}


def _amount(written: str, indicator: Indicator) -> str:
    unit = indicator.unit.best(active())
    return f"{written}{formats.NBSP}{unit}" if unit else written
