"""Whether the plan, or a chapter, is on course, in sentences: the verdict, what it rests on, or why there is none."""

from plan_pages.choices import Verdict
from plan_pages.domain import rules
from plan_pages.domain.progress import ChapterProgress, Figure
from reports.compose import formats, marks, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Callout, Words


def of_plan(basis: Basis) -> Callout:
    """The answer that the report is opened for."""
    figure = basis.now.figure
    titles = {
        Verdict.ON_COURSE: _("The plan is on course"),
        Verdict.BEHIND: _("The plan is behind"),
        Verdict.WELL_BEHIND: _("The plan is well behind"),
        Verdict.NONE: _("Whether the plan is on course cannot be said yet"),
    }
    sentences = [*course(figure, basis), coverage(figure, basis), _standpoint(basis)]
    return Callout(titles[figure.verdict], (words.joined([*sentences]),), marks.of_verdict(figure.verdict))


def of_chapter(chapter: ChapterProgress, basis: Basis) -> Callout:
    figure = chapter.figure
    titles = {
        Verdict.ON_COURSE: _("The chapter is on course"),
        Verdict.BEHIND: _("The chapter is behind"),
        Verdict.WELL_BEHIND: _("The chapter is well behind"),
        Verdict.NONE: _("Whether the chapter is on course cannot be said yet"),
    }
    sentences: list[Words] = [*course(figure, basis), coverage(figure, basis)]
    return Callout(titles[figure.verdict], (words.joined(sentences),), marks.of_verdict(figure.verdict))


def course(figure: Figure, basis: Basis) -> list[Words]:
    """Percent and time gone; without a verdict, why there is none."""
    language = basis.language
    gone = formats.percent(figure.time_gone, language) if figure.time_gone is not None else ""
    sentences: list[Words] = []
    if figure.percent is not None and gone:
        sentences.append(
            _("Progress is %(percent)s; %(gone)s of the time is gone.")
            % {"percent": formats.percent(figure.percent, language), "gone": gone}
        )
    elif gone:
        sentences.append(_("There is no figure of progress; %(gone)s of the time is gone.") % {"gone": gone})
    if figure.verdict is Verdict.NONE:
        sentences.append(rules.no_verdict_reason(figure))
    return sentences


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
