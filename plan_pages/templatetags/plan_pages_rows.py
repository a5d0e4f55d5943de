"""The table of measures, and the line of a figure, in Python: a chapter has a hundred rows and some twenty of either, and
templates take four times as long. What is said in the same words on every row is looked up once in a language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages import formats
from plan_pages.choices import Level, PercentSource, State
from plan_pages.domain.plan import Measure, Text
from plan_pages.domain.progress import Figure
from plan_pages.domain.standing import Standing
from plan_pages.templatetags.plan_pages_tags import active, level_name, local, measure_url, shown_text, state

register = template.Library()


@dataclass(frozen=True, slots=True)
class _Words:
    code: str
    responsible: str
    deadline: str
    status: str
    progress: str
    states: dict[State, str]
    no_data: str
    time_gone: str


@cache
def _words(language: str) -> _Words:
    """Of the active language, which this is."""
    return _Words(
        code=escape(_("Code")),
        responsible=escape(_("Responsible")),
        deadline=escape(_("Deadline")),
        status=escape(_("Status")),
        progress=escape(_("Progress")),
        states={each: state(each) for each in State},
        no_data=escape(_("no data")),
        time_gone=escape(_("time gone")),
    )


@register.simple_tag(takes_context=True)
def measures_table(context: template.Context, measures: Iterable[Any], caption: str) -> SafeString:
    """Wants `plan`; `measures` have a `measure` and its `standing`. On small screens each row becomes a card."""
    table = _Table(context)
    rows = "\n".join(table.row(each.measure, each.standing) for each in measures)
    return mark_safe(
        f'<table class="stacks measures">\n<caption>{escape(caption)}</caption>\n{table.head()}\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


@register.simple_tag
def figure_line(figure: Figure) -> SafeString:
    """A goal's or a task's figure in one line, and what must stand beside it."""
    language = active()
    words = _words(language)
    percent = words.no_data if figure.percent is None else formats.percent(figure.percent, language)
    line = f"{words.progress} <strong>{percent}</strong>"
    if figure.time_gone is not None:
        line += f" · {words.time_gone} {formats.percent(figure.time_gone, language)}"
    if figure.countable:
        counts = {"counted": figure.counted, "countable": figure.countable}
        counted = _("%(counted)s of %(countable)s measures with a percent") % counts
        line += f" · {escape(counted)}"
    return mark_safe(line)


class _Table:
    def __init__(self, context: template.Context) -> None:
        self.context = context
        self.language = active()
        self.words = _words(self.language)
        plan = context["plan"]
        self.measures = f"{local(plan.address, context.get('request'))}measures/" if plan.address else ""

    def head(self) -> str:
        words, measure = self.words, level_name(self.context.get("plan"), Level.MEASURE.value)
        return (
            f'<thead><tr><th scope="col">{words.code}</th><th scope="col">{measure}</th>'
            f'<th scope="col">{words.responsible}</th><th scope="col">{words.deadline}</th>'
            f'<th scope="col">{words.status}</th><th scope="col" class="num">{words.progress}</th></tr></thead>'
        )

    def row(self, measure: Measure, standing: Standing) -> str:
        return (
            f'<tr><td class="code">{escape(measure.code)}</td>'
            f'<th scope="row"><a href="{escape(self._address(measure))}">{self._text(measure.title)}</a>'
            f"{self._retired(measure)}</th>{self._body(measure)}{self._end(measure)}"
            f"<td>{self.words.states[standing.state]}</td>"
            f'<td class="num" data-l="{self.words.progress}">{self._percent(standing)}</td></tr>'
        )

    def _text(self, text: Text) -> str:
        own = text.get(self.language)
        return escape(own) if own else shown_text(text)

    def _address(self, measure: Measure) -> str:
        if measure.retired is not None or not self.measures:
            return measure_url(self.context, measure)
        return f"{self.measures}{quote(measure.code)}/"

    def _retired(self, measure: Measure) -> str:
        if measure.retired is None:
            return ""
        words = _("taken out of the plan on %(day)s") % {"day": self._day(measure.retired)}
        return f' <span class="small">{escape(words)}</span>'

    def _body(self, measure: Measure) -> str:
        if not measure.responsible:
            return '<td class="empty"></td>'
        return f'<td data-l="{self.words.responsible}">{escape(measure.responsible)}</td>'

    def _end(self, measure: Measure) -> str:
        moved = measure.original_end is not None and measure.original_end != measure.end
        if measure.end is None and not moved:
            return '<td class="empty"></td>'
        was = _("originally %(day)s") % {"day": self._day(measure.original_end)} if moved else ""
        shown = f' <span class="moved">{escape(was)}</span>' if was else ""
        end = self._day(measure.end) if measure.end else ""
        return f'<td data-l="{self.words.deadline}">{end}{shown}</td>'

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
