"""A round of remarks on a plan with its answers, as frozen values: what the public page, the workbook and the PDF read.

Nothing in it says who a person is: an author is a working group by its name, or nobody. Texts of remarks are in the one
language in which they were written; titles carry every language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan_pages.choices import HidingReason, Level, RemarkAnswer, RemarkKind
from plan_pages.domain.plan import Text

NOTHING = Text()


@dataclass(frozen=True, slots=True)
class RemarkPart:
    """What a remark is about, as it read when the remark was given. `level` None: the whole plan. `id`: the public id of
    a measure, which has a page of its own."""

    level: Level | None = None
    code: str = ""
    title: Text = NOTHING
    text: Text = NOTHING
    id: str = ""


@dataclass(frozen=True, slots=True)
class RemarkChapter:
    """A chapter in which parts lie that remarks are about."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Remark:
    """`wording`: what the author proposes instead. `author`: the name of the group. `answer` None: not answered yet."""

    number: int
    kind: RemarkKind
    text: str
    part: RemarkPart = RemarkPart()
    chapter: RemarkChapter | None = None
    wording: str = ""
    language: str = ""
    author: Text = NOTHING
    submitted: date | None = None
    answer: RemarkAnswer | None = None
    reason: str = ""
    answered: date | None = None

    @property
    def label(self) -> str:
        return number_shown(self.number)


@dataclass(frozen=True, slots=True)
class RemarkTable:
    """`withheld`: remarks on parts that are not for this audience; they are not among `remarks`. `number`: of the round.
    `hidden`: citizens' remarks that are not shown, by the reason; they are not among `remarks` either. `is_public`: the
    public was asked; its remarks are answered by `answer_by`."""

    plan: Text
    title: Text
    opens: date
    due: date
    asked: Text = NOTHING
    owner: Text = NOTHING
    number: int = 1
    published: date | None = None
    remarks: tuple[Remark, ...] = ()
    withheld: int = 0
    demonstration: bool = False
    address: Text = NOTHING
    slug: str = ""
    hidden: tuple[tuple[HidingReason, int], ...] = ()
    is_public: bool = False
    answer_by: date | None = None

    @property
    def hidden_count(self) -> int:
        return sum(count for _reason, count in self.hidden)

    @property
    def received(self) -> int:
        return len(self.remarks) + self.withheld + self.hidden_count

    def by_chapter(self) -> Iterator[tuple[RemarkChapter | None, tuple[Remark, ...]]]:
        """The remarks on the whole plan first, then those of each chapter by its code; in the order of their numbers."""
        chapters = {remark.chapter for remark in self.remarks}
        for chapter in sorted(chapters, key=_place):
            yield chapter, tuple(remark for remark in self.remarks if remark.chapter == chapter)

    def count(self, answer: RemarkAnswer | None) -> int:
        return sum(remark.answer is answer for remark in self.remarks)

    @property
    def last_day(self) -> date:
        """Of the last change in it: the only date that its files carry."""
        days = [day for remark in self.remarks for day in (remark.submitted, remark.answered) if day]
        return max([*days, self.opens])


def number_shown(number: int) -> str:
    """As a remark is referred to: K-0142."""
    return f"K-{number:04d}"


def _place(chapter: RemarkChapter | None) -> tuple[bool, int, str]:
    code = chapter.code if chapter else ""
    return chapter is not None, int(code) if code.isdecimal() else 0, code
