"""Whether the plan, or a chapter, is on course, in sentences: the verdict, what it rests on, or why there is none."""

from plan_pages.domain import rules
from plan_pages.domain.progress import ChapterProgress, Figure
from reports.compose import formats, marks, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Callout, Words


def of_plan(basis: Basis) -> Callout:
    """The answer that the report is opened for."""
    return _callout(basis.now.figure, [_standpoint(basis)], basis)


def of_chapter(chapter: ChapterProgress, basis: Basis) -> Callout:
    return _callout(chapter.figure, [], basis)


def _callout(figure: Figure, more: list[Words], basis: Basis) -> Callout:
    """The verdict with percent and time gone; under it what it rests on or, without one, why there is none."""
    sentences: list[Words] = [rules.no_verdict_reason(figure), coverage(figure, basis), *more]
    said = words.joined(sentences)
    return Callout(course(figure, basis), (said,) if said else (), marks.of_verdict(figure.verdict))


def course(figure: Figure, basis: Basis) -> str:
    """Percent and time gone: it is read after the verdict, "Behind: 41 % done, with 49 % of the time gone"."""
    language = basis.language
    if figure.time_gone is None:
        return _("No figure of progress")
    gone = formats.percent(figure.time_gone, language)
    if figure.percent is None:
        return _("No figure of progress, with %(gone)s of the time gone") % {"gone": gone}
    percent = formats.percent(figure.percent, language)
    return _("%(percent)s done, with %(gone)s of the time gone") % {"percent": percent, "gone": gone}


def coverage(figure: Figure, basis: Basis) -> str:
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
        "share": formats.percent(figure.coverage, basis.language),
    }


def _standpoint(basis: Basis) -> str:
    """Where chapters stand at different periods: which."""
    if not basis.is_uneven or basis.now.span is None:
        return ""
    first, last = (formats.period_short(period, basis.language) for period in basis.now.span)
    if first == last:
        return _("Some chapters have not reported yet; the others stand at %(period)s.") % {"period": last}
    return _("Chapters stand at different periods, from %(first)s to %(last)s.") % {"first": first, "last": last}
