"""What a mail says of a report: the sentence that matters most and the three main changes, in plain text."""

from dataclasses import dataclass

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import changing, formats, front, group, verdicts, words
from reports.compose.basis import Basis
from reports.document import Bullets, Callout, plain

CHANGES = 3
ROOM = 90


@dataclass(frozen=True, slots=True)
class Letter:
    """`about`: "Mayor's brief: Plan of the city, Q3 2026". `changes_since`: a title of the changes, "" without any."""

    about: str
    summary: str
    changes_since: str
    changes: tuple[str, ...]


def compose(
    kind: ReportKind, plan: Plan, period: Period, language: str, previous: Plan | None, chapter: str = ""
) -> Letter:
    """Of the plan or, where its code is given, of one chapter. In the active language, which is `language`."""
    if chapter:
        plan = group.only(chapter, plan, period)
        previous = group.same(previous, plan.chapters[0]) if previous else None
    basis = Basis.of(plan, period, language, previous, room=ROOM, is_of_chapter=bool(chapter))
    own = basis.now.chapters[0] if chapter else None
    title = words.said(own.chapter.title, basis, 0) if own else front.plan_title(basis)
    changes = _changes(basis)
    return Letter(
        f"{kind.label}: {formats.shortened(plain(title), ROOM)}, {formats.period_short(period, language)}",
        _said(verdicts.of_chapter(own, basis) if own else verdicts.of_plan(basis)),
        changing.title(basis) if changes else "",
        changes,
    )


def _said(callout: Callout) -> str:
    """“Behind: 41 % done, with 49 % of the time gone.”"""
    word = callout.mark.word if callout.mark else ""
    sentence = ": ".join(filter(None, [word, plain(callout.title)]))
    return sentence if sentence.endswith(".") else f"{sentence}."


def _changes(basis: Basis) -> tuple[str, ...]:
    """The first sentences of what changed; they stand in the order of their weight."""
    blocks = [block for block in changing.of_plan(basis, most=0) if isinstance(block, Bullets)]
    return tuple(plain(item.words) for block in blocks for item in block.items)[:CHANGES]
