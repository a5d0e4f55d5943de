"""The rules of the arithmetic in plain words: the page "How we calculate progress" and the appendix of the reports.

Texts only; each stands in the module that computes it. Whoever changes a rule changes its text here, and `VERSION`:
reports carry the version by which they were computed.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Level, Verdict
from plan_pages.domain.progress import Figure, MixedWeights

VERSION = 1


@dataclass(frozen=True)
class Rule:
    """`number` is None for the rule on dates, which precedes the others; `key` is stable, for anchors."""

    number: int | None
    key: str
    _title: str | Promise
    _paragraphs: tuple[str | Promise, ...]

    @property
    def title(self) -> str:
        """In the active language."""
        return str(self._title)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """In the active language."""
        return tuple(str(paragraph) for paragraph in self._paragraphs)

    @property
    def text(self) -> str:
        """All paragraphs as one, for where there is room for one only."""
        return " ".join(self.paragraphs)


RULES = (
    Rule(
        None,
        "date",
        _("Which date the figures are for"),
        (
            _(
                "In a report the figures are for the last day of its period; on the site they are for today. Only what "
                "was reported for periods that are over, and approved by the coordinating group, counts."
            ),
            _(
                "Chapters may have reported up to different periods. Each chapter names its own, and the plan names "
                "the earliest and the latest of them."
            ),
        ),
    ),
    Rule(
        1,
        "measure",
        _("Where a measure stands"),
        (
            _(
                "A measure stands where its working group reported it for the period. A measure last reported as "
                "completed or stopped stays so. A measure whose start is still to come is not started. For all others "
                "there is no data: what was last known is shown beside, but is not counted."
            ),
            _("A measure that was taken out of the plan stays in the figures of the periods before that."),
        ),
    ),
    Rule(
        2,
        "percent",
        _("How far a measure has come"),
        (
            _(
                "The percent is the one that the working group entered. A completed measure is at 100 percent; one not "
                "started is at 0 percent unless a percent was entered."
            ),
            _(
                "Where no percent was entered, but the measure has output indicators with a target, it is the mean of "
                "their achievements, and is marked “from indicators”. Where there are none either, there is no "
                "percent: what is missing is not counted as zero."
            ),
        ),
    ),
    Rule(
        3,
        "late",
        _("When a measure is late"),
        (
            _(
                "A measure that is past its end and neither completed nor stopped is late, whatever was reported. A "
                "measure without an end is never late."
            ),
            _(
                "In the status bar each measure stands in one part, the first that fits: completed; stopped; delayed "
                "(late by its date, or reported so); on track; not started; no data."
            ),
        ),
    ),
    Rule(
        4,
        "roll-up",
        _("From measures to the whole plan"),
        (
            _(
                "A task is the weighted mean of its measures, a goal of its tasks, a chapter of its goals, the plan of "
                "its chapters. Whatever has no figure is left out, and so are stopped measures; the others share the "
                "whole by their weights."
            ),
            _(
                "Where no weights are given, all count alike. Where only some are given, the others count as 1, and a "
                "warning says so. Where all weights are zero, there is no figure."
            ),
            _(
                "Beside every figure stands its coverage: how many of the measures that are not stopped have a "
                "percent. Only measures make percents; indicators of goals and tasks are shown as themselves."
            ),
        ),
    ),
    Rule(
        5,
        "worth",
        _("What an indicator is worth"),
        (
            _(
                "Depending on the indicator: its last actual value, the sum of its actual values so far, or their "
                "mean. “Not available” is skipped, and shown with its reason. Where there are values both for a period "
                "and for parts of it, the longer period stands for its parts."
            ),
        ),
    ),
    Rule(
        6,
        "achievement",
        _("How much of its target an indicator has achieved"),
        (
            _(
                "With a baseline: the way gone from the baseline, as a share of the way from the baseline to the "
                "target. If the baseline is 12, the target 0 and the actual value 6, half is achieved. An indicator "
                "without a direction is to move from its baseline towards its target."
            ),
            _(
                "Without a baseline: the actual value as a share of the target; where the value is to decrease, the "
                "target as a share of the actual value, and at zero 100 percent. Amounts that are summed up: the sum "
                "as a share of the target; where they are to decrease, only the amounts themselves are shown. Such "
                "shares are given only for targets above zero."
            ),
            _(
                "Where a value is to be maintained, or its baseline equals its target: 100 percent within the "
                "tolerance (5 percent of the target, unless another is given), and beyond it less by every percent of "
                "the target that the value is further away, down to 0 percent. With a target of zero it is 100 percent "
                "within the tolerance, else 0 percent."
            ),
            _(
                "The achievement is shown as it is, even below 0 percent or above 100 percent; in means it is held "
                "between the two. Without a target there is no achievement."
            ),
        ),
    ),
    Rule(
        7,
        "expected",
        _("What is expected of an indicator by now"),
        (
            _(
                "The expected value lies on straight lines from the baseline, at the end of its year, over the interim "
                "targets, each at the end of its period, to the target at the end of its year. If the years are not "
                "given, the line runs from the start of the plan to its end."
            ),
            _(
                "For amounts that are summed up it is the sum of the interim targets of the periods with an actual "
                "value; without interim targets it is the share of the target that corresponds to the time gone since "
                "the start of the plan."
            ),
            _(
                "An indicator is on course if, at its last period with an actual value, it has achieved at least nine "
                "tenths of what was expected to be achieved. Where no achievement was expected yet, it must not be "
                "below the expected one."
            ),
        ),
    ),
    Rule(
        8,
        "trend",
        _("Whether an indicator is improving or worsening"),
        (
            _(
                "The value is compared with that of a year before or, if there was none, with the one before. It is "
                "improving or worsening if it changed, for better or worse, by more than the indicator's own "
                "threshold. If no threshold is given, it is 1 percent of the way from the baseline to the target, or "
                "of the target if there is no such way. Otherwise the value is maintaining. The threshold is shown "
                "beside the word."
            ),
        ),
    ),
    Rule(
        9,
        "time",
        _("How much of the time is gone"),
        (
            _(
                "For a measure: the share of its days, from its start to its end, that are over. Where it has no start "
                "or end, those of the plan are taken. For tasks, goals, chapters and the plan the shares are combined "
                "by the same weights as percents, over all measures that are not stopped."
            ),
        ),
    ),
    Rule(
        10,
        "verdict",
        _("On course or behind"),
        (
            _(
                "On course: the percent is at least nine tenths of the share of the time gone. Behind: at least seven "
                "tenths. Well behind: less."
            ),
            _(
                "If fewer than half of the measures that are not stopped have a percent, no verdict is given, and it "
                "is said why."
            ),
        ),
    ),
    Rule(
        11,
        "money",
        _("Money"),
        (
            _(
                "Money spent is compared with money planned for the years up to and including the present one, by fund "
                "and together. If nothing was planned, or no spending was reported, there is no share."
            ),
        ),
    ),
    Rule(
        12,
        "rounding",
        _("Rounding"),
        (
            _(
                "Figures are computed in full and rounded only when shown: to whole percents, halves upwards. 100 "
                "percent is shown only if it is exactly that, and 0 percent likewise: otherwise 99 percent and 1 "
                "percent are shown."
            ),
        ),
    ),
)


def no_verdict_reason(figure: Figure) -> str:
    """Why a figure has no verdict, in the active language; "" if it has one."""
    if figure.verdict is not Verdict.NONE:
        return ""
    if not figure.measures:
        return str(gettext("There are no measures."))
    if not figure.countable:
        return str(gettext("All measures are stopped."))
    if 2 * figure.counted < figure.countable:
        text = ngettext(
            "Only %(counted)d of %(countable)d measure that is not stopped has a percent: fewer than half.",
            "Only %(counted)d of %(countable)d measures that are not stopped have a percent: fewer than half.",
            figure.countable,
        )
        return str(text % {"counted": figure.counted, "countable": figure.countable})
    return str(gettext("Whatever has a percent has a weight of zero."))


def warning_text(warning: MixedWeights) -> str:
    """In the active language."""
    match warning.children:
        case Level.CHAPTER:
            text = gettext("Some chapters have a weight and these do not, and count as 1: %(codes)s.")
        case Level.GOAL:
            text = gettext(
                "Some goals of chapter %(parent)s have a weight and these do not, and count as 1: %(codes)s."
            )
        case Level.TASK:
            text = gettext("Some tasks of goal %(parent)s have a weight and these do not, and count as 1: %(codes)s.")
        case _:
            text = gettext(
                "Some measures of task %(parent)s have a weight and these do not, and count as 1: %(codes)s."
            )
    return str(text % {"parent": warning.parent, "codes": ", ".join(warning.without)})
