"""Sentences that templates of the plan's pages say of figures and indicators, in the active language.

Words only: every number in them was computed by the domain.
"""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from plan_pages import formats
from plan_pages.choices import Aggregate, State, Trend
from plan_pages.domain import rounding, rules
from plan_pages.domain.indicators import Reading
from plan_pages.domain.money import Amount
from plan_pages.domain.plan import Indicator
from plan_pages.domain.progress import Figure, MixedWeights, PlanProgress
from plan_pages.templatetags.plan_pages_tags import active

register = template.Library()


@register.filter
def answer(figure: Figure) -> str:
    """How the plan is doing, in one sentence: "Of 128 measures, 20 completed, 70 on track"."""
    if not figure.measures:
        return _("There are no measures yet.")
    parts = [
        _tied(part % {"count": count}, count) for state, part in _parts().items() if (count := figure.states.get(state))
    ]
    sentence = ngettext("Of %(count)d measure, %(parts)s.", "Of %(count)d measures, %(parts)s.", figure.measures)
    return sentence % {"count": figure.measures, "parts": ", ".join(parts)}


def _tied(words: str, count: int) -> str:
    """A number stays on one line with its word."""
    return words.replace(f"{count} ", f"{count}{formats.NBSP}", 1)


def _parts() -> dict[State, str]:
    return {
        State.COMPLETED: pgettext("of so many measures", "%(count)d completed"),
        State.ON_TRACK: pgettext("of so many measures", "%(count)d on track"),
        State.DELAYED: pgettext("of so many measures", "%(count)d delayed"),
        State.STOPPED: pgettext("of so many measures", "%(count)d stopped"),
        State.NOT_STARTED: pgettext("of so many measures", "%(count)d not started"),
        State.NO_DATA: pgettext("of so many measures", "%(count)d without data"),
    }


@register.filter
def coverage(figure: Figure) -> str:
    """On how many measures the percent rests."""
    if figure.coverage is None or figure.percent is None:
        return ""
    return ngettext(
        "The figure rests on %(counted)d of %(countable)d measure that is not stopped (%(share)s).",
        "The figure rests on %(counted)d of %(countable)d measures that are not stopped (%(share)s).",
        figure.countable,
    ) % {
        "counted": figure.counted,
        "countable": figure.countable,
        "share": formats.percent(figure.coverage, active()),
    }


@register.filter
def no_verdict_reason(figure: Figure) -> str:
    return rules.no_verdict_reason(figure)


@register.filter
def warning(value: MixedWeights) -> str:
    return rules.warning_text(value)


@register.filter
def standpoint(progress: PlanProgress) -> str:
    """At which periods the chapters stand."""
    if progress.span is None:
        return _("No progress has been reported yet.")
    first, last = (formats.period(period, active(), short=True) for period in progress.span)
    if first != last:
        return _("Chapters stand at different periods, from %(first)s to %(last)s.") % {"first": first, "last": last}
    if any(chapter.period is None for chapter in progress.chapters):
        return _("Some chapters have not reported yet; the others stand at %(period)s.") % {"period": last}
    return _("Reported up to: %(period)s.") % {"period": formats.period(progress.span[1], active())}


@register.filter
def time_since(before: date) -> str:
    """The heading over what changed since that day."""
    return _("What changed since %(day)s") % {"day": formats.day(before, active(), short=True)}


@register.filter
def spent(amount: Amount, currency: str) -> str:
    """Money spent; what was not reported is said, not zero."""
    if amount.spent is None:
        return pgettext("money", "not reported")
    return formats.money(amount.spent, currency, active())


@register.filter
def missing_money(amount: Amount) -> str:
    """How much spending was not reported."""
    if not amount.missing:
        return ""
    return ngettext(
        "Of %(count)d planned amount no spending was reported.",
        "Of %(count)d planned amounts no spending was reported.",
        amount.missing,
    ) % {"count": amount.missing}


@register.simple_tag
def worth(indicator: Indicator, reading: Reading) -> str:
    """What the indicator is worth, with the digits in which it is kept."""
    if reading.worth is None:
        return ""
    return formats.number(_kept(indicator, reading.worth), active())


@register.simple_tag
def trend_rule(indicator: Indicator, reading: Reading) -> str:
    """How the indicator changed, since when, and which change counts."""
    if reading.change is None or reading.compared is None:
        return ""
    language = active()
    sentence = _("Change since %(period)s: %(change)s.") % {
        "change": formats.signed(_kept(indicator, reading.change), language),
        "period": formats.period(reading.compared, language, short=True),
    }
    if reading.trend is Trend.NONE or reading.threshold is None:
        return sentence
    threshold = formats.number(rounding.number_shown(reading.threshold), language)
    rule = _("A trend is a change above %(threshold)s.") % {"threshold": threshold}
    return f"{sentence} {rule}"


@register.simple_tag
def expected(indicator: Indicator, reading: Reading) -> str:
    """What was to be expected by then, and whether the indicator is on course."""
    if reading.expected is None:
        return ""
    amount = formats.number(rounding.number_shown(reading.expected), active())
    if reading.on_course is None:
        return _("Expected by then: %(expected)s.") % {"expected": amount}
    if reading.on_course:
        return _("Expected by then: %(expected)s; on course.") % {"expected": amount}
    return _("Expected by then: %(expected)s; behind.") % {"expected": amount}


def _kept(indicator: Indicator, value: Decimal) -> Decimal:
    """What was entered keeps its digits; a mean was computed, and is rounded."""
    return rounding.number_shown(value) if indicator.aggregate is Aggregate.MEAN else value
