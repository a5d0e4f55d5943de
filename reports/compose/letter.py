"""What a mail says of a report: the sentence that matters most and the three main changes, in plain text."""

from dataclasses import dataclass

from plan_pages.domain.changes import MeasureChange
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from plan_pages.domain.progress import ChapterProgress
from reports.choices import ReportKind
from reports.compose import changing, formats, front, verdicts, words
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
    """In the active language, which is `language`."""
    basis = Basis.of(plan, period, language, previous, room=ROOM)
    subject = next((each for each in basis.now.chapters if each.chapter.code == chapter), None) if chapter else None
    title = words.said(subject.chapter.title, basis, 0).text if subject else front.plan_title(basis)
    callout = verdicts.of_chapter(subject, basis) if subject else verdicts.of_plan(basis)
    changes = _of_chapter(subject, basis) if subject else _of_plan(basis)
    return Letter(
        f"{kind.label}: {formats.shortened(plain(title), ROOM)}, {formats.period_short(period, language)}",
        _said(callout),
        changing.title(basis) if changes else "",
        changes,
    )


def _said(callout: Callout) -> str:
    """ "Behind: 41 % done, with 49 % of the time gone." """
    word = callout.mark.word if callout.mark else ""
    sentence = ": ".join(filter(None, [word, plain(callout.title)]))
    return sentence if sentence.endswith(".") else f"{sentence}."


def _of_plan(basis: Basis) -> tuple[str, ...]:
    """The first sentences of what changed; they stand in the order of their weight."""
    blocks = [block for block in changing.of_plan(basis, most=0) if isinstance(block, Bullets)]
    return tuple(plain(item.words) for block in blocks for item in block.items)[:CHANGES]


def _of_chapter(chapter: ChapterProgress, basis: Basis) -> tuple[str, ...]:
    if basis.changes is None:
        return ()
    own = {id(each) for each in chapter.measures()}
    found = [change for change in basis.changes.measures if id(change.after) in own]
    return tuple(_change(each, basis) for each in found if changing.is_notable(each))[:CHANGES]


def _change(change: MeasureChange, basis: Basis) -> str:
    measure = change.after.measure
    title = formats.shortened(words.said(measure.title, basis, 0).text, ROOM)
    was, became = change.before.standing.state.label, change.after.standing.state.label
    return f"{measure.code} {title}: {was} → {became}" if was != became else f"{measure.code} {title}: {became}"
