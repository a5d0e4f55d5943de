"""What the API tells of a chapter's return: in lists in short, alone with every row as the grid of the admin shows it."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.entries import EntryShape
from plan_pages.api.shapes import (
    Batch,
    Count,
    Day,
    Identity,
    LocalText,
    Moment,
    Money,
    Number,
    PeriodCode,
    PlanReference,
    Uri,
)
from plan_pages.api.transitions import Fault, Problem, Transition
from plan_pages.choices import ReturnState, Status

Texts = Annotated[
    dict[str, str], Field(description="A text by language: those that are written.", examples=[{"lt": "Nupirkta"}])
]
Base = Annotated[
    str,
    Field(
        description="A digest of every field as it is stored now. Sent back with a change it tells what the writer has "
        "read: so no colleague's change is overwritten unseen."
    ),
]


class Deed(TypedDict):
    """When, and by whom, where that is known."""

    at: Moment
    by: str | None


class Step(Deed):
    """A step of the return's history, in words."""

    words: str


class PeriodShape(TypedDict):
    """`label`: in words. `opens`, `due`: the days from which and until which it is reported."""

    period: PeriodCode
    label: str
    last_day: Day
    opens: Day | None
    due: Day | None
    locked: Moment | None


_Return = TypedDict("_Return", {"@id": Uri, "@type": Literal["Return"]})


class ReturnSummary(_Return):
    """`reason`: why it was sent back. `editable`: whether its rows may be written now. `reported`: how many measures have
    an entry."""

    id: int
    plan: Identity
    chapter: PlanReference
    period: PeriodShape
    state: ReturnState
    state_label: str
    reason: str | None
    submitted: Deed | None
    approved: Deed | None
    editable: bool
    reported: Count


class ReturnBatch(Batch):
    items: list[ReturnSummary]


_Evidence = TypedDict("_Evidence", {"@id": Uri, "@type": Literal["Evidence"]})


class EvidenceRow(_Evidence):
    """What proves an entry: a file or a link. `url`: where people open it. `file`: where a program with a token gets the
    file, `media_type`: its kind; both null of a link. `public`: everyone may read it, for the return is approved.
    `removable`: the user of the token may take it away now."""

    id: int
    title: str
    url: Uri
    is_file: bool
    file: Uri | None
    media_type: str | None
    public: bool
    removable: bool
    added: Deed


class EvidenceDetail(EvidenceRow):
    """`of`: the return."""

    of: Uri
    measure: PlanReference


class EvidenceBatch(Batch):
    items: list[EvidenceDetail]


class EntryRow(TypedDict):
    """What is reported of a measure; without a status nothing is. `last`: what was reported of it before. `carried`: it was
    completed or stopped then, and need not be reported again. `missing`: it is to be reported, and is not. `new`: written
    since the return was sent back."""

    measure: PlanReference
    task: str
    status: Status | None
    percent: Number | None
    note: Texts
    next: Texts
    reason: Texts
    base: Base
    written: Deed | None
    last: EntryShape | None
    carried: bool
    missing: bool
    new: bool
    open_comments: Count
    evidence: list[EvidenceRow]


class LastValue(TypedDict):
    period: PeriodCode
    actual: Number | None


class ValueRow(TypedDict):
    """The value of an indicator for the period. `target`: the interim target, which coordinators set. `confirmed`: an actual
    that looked odd, and of which somebody said that it is right. `last`: the value before; `expected`: by the end of the
    period, on the way to the target. `missing`: a value is due and not there."""

    indicator: PlanReference
    of: PlanReference
    unit: LocalText | None
    target: Number | None
    actual: Number | None
    unavailable: bool
    note: Texts
    confirmed: Number | None
    base: Base
    written: Deed | None
    last: LastValue | None
    expected: Number | None
    missing: bool
    new: bool
    open_comments: Count


class MoneyRow(TypedDict):
    """Money of a measure for a year from a fund: the plan's, or what this return reports instead. `fund`: its code; `title`:
    its name."""

    measure: PlanReference
    year: int
    fund: str
    title: str
    planned: Money | None
    spent: Money | None
    base: Base
    written: Deed | None


class Rows(TypedDict):
    entries: list[EntryRow]
    values: list[ValueRow]
    money: list[MoneyRow]


class ReturnLinks(TypedDict):
    """`transitions`: what may be done with the return now."""

    transitions: Uri
    evidence: Uri
    comments: Uri
    up: Uri


class ReturnDetail(ReturnSummary):
    """`wanted`: how many measures are to be reported."""

    wanted: Count
    open_comments: Count
    currency: str
    entries: list[EntryRow]
    values: list[ValueRow]
    money: list[MoneyRow]
    history: list[Step]
    transitions: list[Transition]
    links: ReturnLinks


_Written = TypedDict("_Written", {"@id": Uri, "@type": Literal["ReturnRows"]})


class RowsWritten(_Written):
    """The rows that were sent, as they are stored now."""

    entries: list[EntryRow]
    values: list[ValueRow]
    money: list[MoneyRow]


class RowFault(Fault):
    """`sure`: where the value is asked about (type `question`), what is to be sent as `sure` if it is right."""

    sure: NotRequired[str]


class RowsUnfit(Problem):
    """Nothing is stored. Each fault at its row and field, in the language asked for."""

    errors: list[RowFault]


class RowsConflict(RowsUnfit):
    """A colleague has written into the same fields meanwhile (type `conflict`), or the return cannot be changed now. `rows`:
    those in conflict as they are stored now, with their new bases."""

    rows: Rows


class SubmitAsked(Problem):
    """Not possible in the present state; or measures are missing, and it is asked whether the return is to be handed in
    nevertheless: then send `anyway`."""

    available: list[Transition]
    missing: list[PlanReference]
