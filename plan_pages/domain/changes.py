"""What changed between two progresses of one plan, the most notable first. Knows no wording and judges no cause.

The two may be read from two snapshots, or from one plan at two dates; measures are matched by their id, and by their
code where one of the two has no id yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_pages.choices import State
from plan_pages.domain.plan import natural_key
from plan_pages.domain.progress import ChapterProgress, Figure, MeasureProgress, PlanProgress


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """`original`: the first published end. A measure may also lose its end, or be given one."""

    was: date | None
    became: date | None
    original: date | None

    @property
    def days(self) -> int | None:
        """How much later (above zero) or earlier the end is now; None where there was or is none."""
        return (self.became - self.was).days if self.was and self.became else None


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure of both progresses in which something changed. `percent`: the difference, None if one is missing."""

    before: MeasureProgress
    after: MeasureProgress
    deadline: DeadlineMove | None

    @property
    def state_changed(self) -> bool:
        return self.before.standing.state is not self.after.standing.state

    @property
    def status_changed(self) -> bool:
        return self.before.standing.status is not self.after.standing.status

    @property
    def percent_changed(self) -> bool:
        return self.before.standing.percent != self.after.standing.percent

    @property
    def percent(self) -> Decimal | None:
        return _difference(self.before.standing.percent, self.after.standing.percent)

    @property
    def newly_late(self) -> bool:
        return self.after.standing.late and not self.before.standing.late


@dataclass(frozen=True, slots=True)
class FigureChange:
    """Of the plan or a chapter (by its code). A side is None where the chapter was not in the plan then."""

    code: str
    before: Figure | None
    after: Figure | None

    @property
    def percent(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return _difference(self.before.percent, self.after.percent)

    @property
    def verdict_changed(self) -> bool:
        return self.before is not None and self.after is not None and self.before.verdict is not self.after.verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """`measures`: changed, the most notable first; `new` and `retired`: in one progress only, in the plan's order."""

    plan: FigureChange
    chapters: tuple[FigureChange, ...]
    measures: tuple[MeasureChange, ...]
    new: tuple[MeasureProgress, ...]
    retired: tuple[MeasureProgress, ...]

    def __bool__(self) -> bool:
        return bool(self.measures or self.new or self.retired)


def between(before: PlanProgress, after: PlanProgress) -> Changes:
    """What is different in the second of two progresses of a plan."""
    pairs, new, retired = _matched(before.measures(), after.measures())
    changed = []
    for was, now in pairs:
        change = MeasureChange(was, now, _deadline(was, now, before.as_of, after.as_of))
        if change.deadline or change.state_changed or change.status_changed or change.percent_changed:
            changed.append(change)
    return Changes(
        plan=FigureChange("", before.figure, after.figure),
        chapters=_chapters(before.chapters, after.chapters),
        measures=tuple(sorted(changed, key=_notability)),
        new=tuple(new),
        retired=tuple(retired),
    )


def _matched(
    before: Iterable[MeasureProgress], after: Iterable[MeasureProgress]
) -> tuple[list[tuple[MeasureProgress, MeasureProgress]], list[MeasureProgress], list[MeasureProgress]]:
    earlier = list(before)
    by_id = {each.measure.id: each for each in earlier if each.measure.id}
    by_code = {each.measure.code: each for each in earlier}
    pairs, new, taken = [], [], set()
    for now in after:
        was = by_id.get(now.measure.id)
        if was is None:
            was = by_code.get(now.measure.code)
            if was and was.measure.id and now.measure.id:
                was = None  # Another measure, which was given the code of one that is gone.
        if was is None or id(was) in taken:
            new.append(now)
        else:
            taken.add(id(was))
            pairs.append((was, now))
    return pairs, new, [each for each in earlier if id(each) not in taken]


def _deadline(was: MeasureProgress, now: MeasureProgress, since: date, until: date) -> DeadlineMove | None:
    """By the two ends; where both are of one reading of the plan, by the changes that it records between the dates."""
    original = now.measure.original_end or was.measure.original_end
    if was.measure.end != now.measure.end:
        return DeadlineMove(was.measure.end, now.measure.end, original or was.measure.end)
    moves = sorted(
        (move for move in now.measure.deadline_changes if since < move.changed <= until),
        key=lambda move: move.changed,
    )
    if was.measure.deadline_changes != now.measure.deadline_changes or not moves or moves[0].was == moves[-1].became:
        return None
    return DeadlineMove(moves[0].was, moves[-1].became, original or moves[0].was)


def _chapters(before: Iterable[ChapterProgress], after: Iterable[ChapterProgress]) -> tuple[FigureChange, ...]:
    earlier = {each.chapter.code: each.figure for each in before}
    later = {each.chapter.code: each.figure for each in after}
    return tuple(FigureChange(code, earlier.get(code), later.get(code)) for code in later | earlier)


def _difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    return None if before is None or after is None else after - before


def _notability(change: MeasureChange) -> tuple[int, Decimal, object]:
    """What needs attention stands before what is good news; within a kind, the larger change of percents first."""
    state = change.after.standing.state if change.state_changed else None
    if state is State.STOPPED:
        kind = 0
    elif change.newly_late:
        kind = 1
    elif state is State.DELAYED:
        kind = 2
    elif change.deadline and (change.deadline.days is None or change.deadline.days > 0):
        kind = 3
    elif state is State.COMPLETED:
        kind = 4
    elif state is State.NO_DATA:
        kind = 5
    elif (change.percent or 0) < 0:
        kind = 6
    elif state is not None:
        kind = 7
    else:
        kind = 8
    return kind, -abs(change.percent or Decimal(0)), natural_key(change.after.measure.code)
