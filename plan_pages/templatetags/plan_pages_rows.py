"""The rows of the table of measures, in Python: a chapter has a hundred of them, and a template takes four times as long.
What stands around them is `plan_pages/measures_table.html`.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages import formats
from plan_pages.choices import PercentSource, State
from plan_pages.domain.plan import Measure
from plan_pages.domain.standing import Standing
from plan_pages.templatetags.plan_pages_tags import active, measure_url, shown_text, state

register = template.Library()


@register.simple_tag(takes_context=True)
def measure_rows(context: template.Context, measures: Iterable[Any]) -> SafeString:
    """Wants `plan`; `measures` have a `measure` and its `standing`. Words that rows repeat are looked up once."""
    rows = _Rows(context)
    return mark_safe("\n".join(rows.row(each.measure, each.standing) for each in measures))


class _Rows:
    def __init__(self, context: template.Context) -> None:
        self.context = context
        self.language = active()
        self.responsible = escape(_("Responsible"))
        self.deadline = escape(_("Deadline"))
        self.progress = escape(_("Progress"))
        self.states: dict[State, str] = {each: state(each) for each in State}

    def row(self, measure: Measure, standing: Standing) -> str:
        return (
            f'<tr><td class="code">{escape(measure.code)}</td>'
            f'<th scope="row"><a href="{escape(self._address(measure))}">{shown_text(measure.title)}</a>'
            f"{self._retired(measure)}</th>{self._body(measure)}{self._end(measure)}"
            f'<td>{self.states[standing.state]}</td><td class="num" data-l="{self.progress}">{self._percent(standing)}'
            "</td></tr>"
        )

    def _address(self, measure: Measure) -> str:
        return measure_url(self.context, measure)

    def _retired(self, measure: Measure) -> str:
        if measure.retired is None:
            return ""
        words = _("taken out of the plan on %(day)s") % {"day": self._day(measure.retired)}
        return f' <span class="small">{escape(words)}</span>'

    def _body(self, measure: Measure) -> str:
        if not measure.responsible:
            return '<td class="empty"></td>'
        return f'<td data-l="{self.responsible}">{escape(measure.responsible)}</td>'

    def _end(self, measure: Measure) -> str:
        moved = measure.original_end is not None and measure.original_end != measure.end
        if measure.end is None and not moved:
            return '<td class="empty"></td>'
        was = _("originally %(day)s") % {"day": self._day(measure.original_end)} if moved else ""
        shown = f' <span class="moved">{escape(was)}</span>' if was else ""
        end = self._day(measure.end) if measure.end else ""
        return f'<td class="together" data-l="{self.deadline}">{end}{shown}</td>'

    def _percent(self, standing: Standing) -> str:
        if standing.percent is not None:
            percent = formats.percent(standing.percent, self.language)
            if standing.source is PercentSource.INDICATORS:
                return f'{percent} <span class="small">{escape(standing.source.label)}</span>'
            return percent
        last = standing.last_known
        if last is None or last.percent is None:
            words = pgettext("percent of a measure", "not reported")
        else:
            words = _("not reported; %(percent)s in %(period)s") % {
                "percent": formats.percent(last.percent, self.language),
                "period": formats.period(last.period, self.language, short=True),
            }
        return f'<span class="small">{escape(words)}</span>'

    def _day(self, day: Any) -> str:
        return formats.day(day, self.language, short=True)
