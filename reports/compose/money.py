"""Money in a report: planned and spent, by fund, by chapter and by year. What was not reported is said, not zero."""

from collections.abc import Iterable
from decimal import Decimal

from plan_pages.choices import Level
from plan_pages.domain import money
from plan_pages.domain.money import Amount, Money
from plan_pages.domain.plan import Text
from plan_pages.domain.progress import MeasureProgress
from reports.compose import figures, formats, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import (
    Align,
    Bar,
    Block,
    Column,
    Heading,
    KeepTogether,
    ProgressBar,
    ProgressBars,
    Prose,
    ProseStyle,
    Row,
    Table,
    Words,
)

MOST_FUNDS = 6
"""In a brief."""


def of(measures: Iterable[MeasureProgress], basis: Basis) -> Money:
    """Of the measures that belong to the figures, of the years up to the period's."""
    return money.of_measures((each.measure for each in measures), basis.now.as_of)


def is_any(found: Money) -> bool:
    return bool(found.by_fund)


def of_plan(basis: Basis, level: int, most: int, short: bool) -> tuple[Block, ...]:
    """Under a heading of a level: by fund and by chapter. `short`: in thousands and millions.

    `most`: of so many chapters, which lead to the site; 0: of all, and they lead to their places in the document.
    """
    total = of(basis.now.measures(), basis)
    heading = Heading(level, _("Money"))
    if not is_any(total):
        return heading, Prose((_("The plan has no budget up to this year."),))
    rows = list(zip(figures.chapter_rows(basis, inside=not most, is_again=True), basis.now.chapters, strict=True))
    bars = tuple(
        _bar(label, href, of(chapter.measures(), basis).total, basis) for (label, href), chapter in rows[: most or None]
    )
    return (
        KeepTogether((heading, by_fund(total, basis, short))),
        ProgressBars(
            bars,
            (words.level(Level.CHAPTER, basis), _("Spent of planned"), pgettext("money", "Amount")),
            key=_("Bar: money spent as a share of money planned."),
        ),
        *_missing(total),
    )


def in_full(found: Money, basis: Basis) -> tuple[Block, ...]:
    """By fund, and by year where there are several."""
    years = (by_year(found, basis),) if len(found.by_year) > 1 else ()
    return (by_fund(found, basis), *years, *_missing(found))


def by_fund(found: Money, basis: Basis, short: bool = False) -> Table:
    columns = (
        Column(_("Fund"), 40),
        Column(pgettext("money", "Planned"), 20, Align.RIGHT),
        Column(pgettext("money", "Spent"), 20, Align.RIGHT, strong=True),
        Column(pgettext("money", "Share"), 20, Align.RIGHT),
    )
    rows = [_row(fund_name(fund, basis), amount, basis, short) for fund, amount in found.by_fund.items()]
    most = MOST_FUNDS if basis.room else len(rows)
    left_out = len(rows) - most
    rows = rows[:most]
    if left_out > 0:
        rows.append(Row((words.more(left_out, basis), "", "", "")))
    if len(rows) > 1:
        rows.append(_row(pgettext("money", "Together"), found.total, basis, short))
    return Table(columns, tuple(rows), caption=_years(found))


def by_year(found: Money, basis: Basis) -> Table:
    columns = (
        Column(_("Year"), 40),
        Column(pgettext("money", "Planned"), 20, Align.RIGHT),
        Column(pgettext("money", "Spent"), 20, Align.RIGHT, strong=True),
        Column(pgettext("money", "Share"), 20, Align.RIGHT),
    )
    return Table(columns, tuple(_row(str(year), amount, basis) for year, amount in found.by_year.items()))


def by_measure(measures: Iterable[MeasureProgress], basis: Basis) -> Table | None:
    """Planned and spent of every measure that has a budget, and together. None without any."""
    rows: list[Row] = []
    found = [(each, of([each], basis)) for each in measures]
    found = [(each, own) for each, own in found if is_any(own)]
    if not found:
        return None
    for each, own in found:
        code, title = words.measure_code(each.measure, basis), words.said(each.measure.title, basis)
        rows.append(_row_of(own.total, basis, code, title))
    if len(found) > 1:
        together = of((each for each, _own in found), basis)
        rows.append(_row_of(together.total, basis, "", pgettext("money", "Together")))
    columns = (
        Column(_("Code"), 10),
        Column(words.level(Level.MEASURE, basis), 42),
        Column(pgettext("money", "Planned"), 18, Align.RIGHT),
        Column(pgettext("money", "Spent"), 18, Align.RIGHT, strong=True),
        Column(pgettext("money", "Share"), 12, Align.RIGHT),
    )
    return Table(columns, tuple(rows), row_header=1)


def missing(found: Money) -> str:
    """How much spending was not reported."""
    count = found.total.missing
    if not count:
        return ""
    return ngettext(
        "Of %(count)d planned amount no spending was reported.",
        "Of %(count)d planned amounts no spending was reported.",
        count,
    ) % {"count": count}


def fund_name(fund: str, basis: Basis) -> Words:
    """By the plan's own word with the code, else by the code alone."""
    name = words.said(basis.plan.fund_names.get(fund, Text()), basis)
    return words.joined([name, f"({fund})"]) if name.text else fund


def _missing(found: Money) -> tuple[Block, ...]:
    sentence = missing(found)
    return (Prose((sentence,), ProseStyle.NOTE),) if sentence else ()


def _years(found: Money) -> str:
    years = list(found.by_year)
    if years[0] == years[-1]:
        return _("Money of %(year)d") % {"year": years[0]}
    return _("Money of %(first)d–%(last)d") % {"first": years[0], "last": years[-1]}


def _amount(amount: Amount, basis: Basis, short: bool) -> tuple[str, str]:
    """Planned and spent."""
    write = formats.money_short if short else formats.money
    planned = write(amount.planned, basis.plan.currency, basis.language)
    if amount.spent is None:
        return planned, _("no data")
    return planned, write(amount.spent, basis.plan.currency, basis.language)


def _row(name: Words, amount: Amount, basis: Basis, short: bool = False) -> Row:
    return _row_of(amount, basis, name, short=short)


def _row_of(amount: Amount, basis: Basis, *names: Words, short: bool = False) -> Row:
    share = formats.percent(amount.share, basis.language) if amount.share is not None else words.DASH
    return Row((*names, *_amount(amount, basis, short), share))


def _bar(label: Words, href: str, amount: Amount, basis: Basis) -> ProgressBar:
    currency, language = basis.plan.currency, basis.language
    planned = formats.money_short(amount.planned, currency, language)
    if amount.spent is None:
        if not amount.planned:
            return ProgressBar(label, Bar(None, words.DASH), _("no budget"), href=href)
        return ProgressBar(
            label, Bar(None, _("no data")), _("of %(planned)s planned") % {"planned": planned}, href=href
        )
    spent = formats.money_short(amount.spent, currency, language)
    if amount.share is None:
        note = words.DOT.join((spent, _("nothing planned")))
        return ProgressBar(label, Bar(None, words.DASH), note, href=href)
    bar = Bar(min(amount.share, Decimal(100)), formats.percent(amount.share, language))
    return ProgressBar(label, bar, _("%(spent)s of %(planned)s") % {"spent": spent, "planned": planned}, href=href)
