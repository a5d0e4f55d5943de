"""The table of remarks on a plan and the answers to them: every remark whole, by chapter, in the order of the numbers."""

from collections.abc import Iterator

from django.utils import translation

from plan_pages.choices import RemarkAnswer
from plan_pages.domain.plan import Text
from plan_pages.domain.remarks import Remark, RemarkTable
from reports.compose import formats
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import (
    Block,
    Column,
    Document,
    Footer,
    Heading,
    Layout,
    Mark,
    Masthead,
    Prose,
    ProseStyle,
    Row,
    Run,
    Signal,
    Table,
    Words,
)

_SIGNALS = {
    RemarkAnswer.ACCEPTED: Signal.DONE,
    RemarkAnswer.PARTLY: Signal.WARNING,
    RemarkAnswer.NOT_ACCEPTED: Signal.STOPPED,
}
DASH = "–"


def compose(table: RemarkTable, language: str) -> Document:
    """Equal tables give equal documents."""
    with translation.override(language):
        title = _said(table.title, language)
        plan = _said(table.plan, language)
        return Document(
            title=": ".join((_("Remarks and answers"), title.text)),
            subtitle=plan.text,
            language=language,
            layout=Layout.BRIEF,
            data_date=table.last_day,
            footer=Footer(
                plan=Run(formats.shortened(plan.text, 90), language=plan.language),
                period=_days(table, language),
                data_date=_("Data of %(day)s") % {"day": formats.day_long(table.last_day, language)},
                page=_("Page {page} of {pages}"),
            ),
            blocks=tuple(_blocks(table, language)),
            banner=_("Demonstration data: not the city's real figures") if table.demonstration else "",
            author=table.owner.best(language),
            subject=_("Remarks on the draft plan and the answers to them"),
            keywords=(_("Remarks and answers"), title.text),
        )


def _blocks(table: RemarkTable, language: str) -> Iterator[Block]:
    yield Masthead(_said(table.title, language), _said(table.plan, language), _said(table.owner, language))
    yield Prose((_summary(table, language),), ProseStyle.LEAD)
    asked = _paragraphs(table.asked.best(language), table.asked.language(language), language)
    if asked:
        yield Prose(asked)
    if table.withheld:
        text = ngettext(
            "%(count)d remark is on a part of the plan that is not public; it is not shown here.",
            "%(count)d remarks are on parts of the plan that are not public; they are not shown here.",
            table.withheld,
        )
        yield Prose((text % {"count": table.withheld},), ProseStyle.NOTE)
    if table.hidden:
        yield Prose((_not_shown(table),), ProseStyle.NOTE)
    for chapter, remarks in table.by_chapter():
        if chapter is None:
            yield Heading(1, _("The whole plan"))
        else:
            yield Heading(1, _said(chapter.title, language), number=chapter.code)
        yield _table(remarks, language)


def _summary(table: RemarkTable, language: str) -> str:
    count = len(table.remarks)
    if not count:
        return " ".join((_("No remarks were given."), _asked(table, language)))
    given = ngettext("%(count)d remark was given.", "%(count)d remarks were given.", count) % {"count": count}
    answers = [(answer.label, table.count(answer)) for answer in RemarkAnswer]
    answers.append((_("Not answered yet"), table.count(None)))
    told = "; ".join(f"{label.lower()}: {number}" for label, number in answers if number)
    return " ".join((_asked(table, language), given, f"{told[:1].upper()}{told[1:]}."))


def _not_shown(table: RemarkTable) -> str:
    text = ngettext("%(count)d remark was received.", "%(count)d remarks were received.", table.received)
    reasons = "; ".join(f"{reason.label.lower()} – {count}" for reason, count in table.hidden)
    return " ".join((text % {"count": table.received}, _("Not shown:"), f"{reasons}."))


def _asked(table: RemarkTable, language: str) -> str:
    return _("Remarks could be given from %(opens)s to %(due)s.") % {
        "opens": formats.day_long(table.opens, language),
        "due": formats.day_long(table.due, language),
    }


def _days(table: RemarkTable, language: str) -> str:
    return f"{formats.day(table.opens, language)} {DASH} {formats.day(table.due, language)}"


def _table(remarks: tuple[Remark, ...], language: str) -> Table:
    columns = (
        Column(pgettext("number of a remark", "No."), 10),
        Column(_("Remark"), 42),
        Column(_("Answer"), 17),
        Column(_("Reason"), 31),
    )
    return Table(columns, tuple(_row(remark, language) for remark in remarks))


def _row(remark: Remark, language: str) -> Row:
    own = "" if remark.language == language else remark.language
    text: tuple[str | Run, ...] = (Run(f"{remark.kind.label}: ", bold=True), Run(_one_line(remark.text), language=own))
    if remark.wording:
        proposed = Run(" " + _("Proposed wording:") + " ", bold=True)
        text = (*text, proposed, Run(_one_line(remark.wording), italic=True, language=own))
    return Row(
        (
            Run(remark.label, bold=True),
            text,
            _mark(remark.answer),
            Run(_one_line(remark.reason), language=own) if remark.reason else DASH,
        ),
        detail=(_about(remark, language), _author(remark, language)),
    )


def _mark(answer: RemarkAnswer | None) -> Mark:
    return Mark(_SIGNALS[answer], answer.label) if answer else Mark(Signal.UNKNOWN, _("Not answered yet"))


def _about(remark: Remark, language: str) -> Words:
    part = remark.part
    if part.level is None:
        return (Run(_("On:"), bold=True), " ", _("The whole plan"))
    title = _said(part.title, language)
    name = f"{part.level.label} {part.code} ".replace("  ", " ")
    return (Run(_("On:"), bold=True), " ", name, title)


def _author(remark: Remark, language: str) -> Words:
    name = _said(remark.author, language) if remark.author else Run(_("a citizen"))
    return (Run(_("Author:"), bold=True), " ", name)


def _said(text: Text, language: str) -> Run:
    """In the language of the document, or marked as another's."""
    own = text.language(language)
    return Run(_one_line(text.best(language)), language="" if own == language else own)


def _paragraphs(text: str, own: str, language: str) -> tuple[Words, ...]:
    mark = "" if own == language else own
    return tuple(Run(line.strip(), language=mark) for line in text.splitlines() if line.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
