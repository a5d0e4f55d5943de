"""A book laid out as a workbook: instructions first, then a sheet a part, then the hidden sheet of marks and lists."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plan_pages.editing.workbook import marks
from plan_pages.editing.workbook.book import NUMBERS, Book, Column, Heading, Holds, Line, Part, Use, Value
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.forms import Cell, Highlight, Row, Rule, Sheet, form, quoted
from plan_pages.spreadsheet.looks import Look
from plan_pages.spreadsheet.packing import letters

HEAD_ROWS = 3
"""Title, a hint, the headers; lines follow."""
MOST_PLACES = 6
TEXT_LENGTH = 10_000

_EDGE = "C5CCD6"
_TITLE = Look(bold=True, size=14, ink="12365C", wrap=False, middle=True)
_SUBTITLE = Look(size=11, ink="4A5563", wrap=False, middle=True)
_SECTION = Look(bold=True, size=12, ink="12365C", wrap=False)
_LABEL = Look(bold=True, size=11, ink="4A5563")
_PLAIN = Look(size=11)
_HEADERS = {
    Use.KNOWN: Look(bold=True, ink="FFFFFF", fill="33475B", border=_EDGE, middle=True, indent=1),
    Use.BEFORE: Look(bold=True, ink="FFFFFF", fill="6B7785", border=_EDGE, middle=True, indent=1),
    Use.OPEN: Look(bold=True, ink="FFFFFF", fill="7A5500", border=_EDGE, middle=True, indent=1),
}
_FILLS = {Use.KNOWN: "", Use.BEFORE: "F1F3F6", Use.OPEN: "FFF8DC"}
_INKS = {Use.KNOWN: "1F2933", Use.BEFORE: "5A6572", Use.OPEN: "000000"}
_LEVELS = (
    Look(bold=True, size=11, ink="12365C", fill="D5E2F0", wrap=False, middle=True),
    Look(bold=True, ink="33475B", fill="EBF1F8", wrap=False, middle=True),
)
_MISSING = "F8C9C0"
_DAY_SHOWN, _MONEY_SHOWN = "yyyy\\-mm\\-dd", "#,##0.00"
_LARGEST = 10**12
_FIRST_SAFE_DAY = date(1900, 3, 1)
_TABS = ("12365C", "2E7D5B", "9A6A00")


def laid_out(book: Book) -> bytes:
    """The file; the same bytes for the same book."""
    lists = _Lists()
    parts = [_part(book, part, lists, tab) for part, tab in zip(book.parts, _TABS, strict=False)]
    hidden = lists.sheet(marks.written(book))
    return form(f"{book.title} · {book.subtitle}", [_instructions(book), *parts, hidden])


class _Lists:
    """The lists of words that cells offer, a column each of the hidden sheet; its first column is that of the marks."""

    def __init__(self) -> None:
        self._lists: list[tuple[Value, ...]] = []

    def reference(self, values: Sequence[Value]) -> str:
        found = tuple(values)
        if found not in self._lists:
            self._lists.append(found)
        column = letters(self._lists.index(found) + 1)
        return f"{quoted(marks.SHEET)}!${column}$1:${column}${len(found)}"

    def sheet(self, told: Sequence[str]) -> Sheet:
        look = Look(shown="@", wrap=False)
        columns: list[Sequence[Value]] = [told, *self._lists]
        rows = [
            Row([Cell(column[number], look) if number < len(column) else None for column in columns])
            for number in range(max(map(len, columns)))
        ]
        return Sheet(marks.SHEET, [10] * len(columns), rows, is_hidden=True)


def _instructions(book: Book) -> Sheet:
    rows = [Row([Cell(book.title, _TITLE)], 26), Row([Cell(book.subtitle, _SUBTITLE)], 20), Row([])]
    rows += [Row([Cell(label, _LABEL), Cell(value, _PLAIN)]) for label, value in book.facts]
    rows += [Row([]), Row([Cell(_("How to fill it in"), _SECTION)], 22)]
    rows += [Row([Cell(label, _LABEL), Cell(text, _PLAIN)]) for label, text in book.guidance]
    rows += [Row([]), Row([Cell(_("What the colours mean"), _SECTION)], 22)]
    legend = (
        (Use.OPEN, _("to be filled in")),
        (Use.BEFORE, _("reported before, for comparison; cannot be changed here")),
        (Use.KNOWN, _("from the plan; cannot be changed here")),
    )
    rows += [
        Row([Cell(None, Look(fill=_FILLS[use], border=_EDGE)), Cell(text, Look(size=11, middle=True, indent=1))], 20)
        for use, text in legend
    ]
    return Sheet(_sheet_name(_("How to fill in")), [24, 92], rows, tab="6B7785", landscape=False)


def _sheet_name(name: str) -> str:
    return name[:31]


def _part(book: Book, part: Part, lists: _Lists, tab: str) -> Sheet:
    rows = [
        Row([Cell(f"{part.title} · {book.subtitle}", _TITLE)], 26),
        Row(
            [Cell(_("Fill in the yellow cells only; the workbook is then uploaded at the same place."), _SUBTITLE)], 20
        ),
        Row([Cell(column.header, _HEADERS[column.use]) for column in part.columns], 44),
        *_body(part),
    ]
    first, last = HEAD_ROWS + 1, max(len(rows), HEAD_ROWS + 1)
    return Sheet(
        part.title,
        [column.width for column in part.columns],
        rows,
        rules=list(_rules(part, first, last, last - part.spare + 1, lists)),
        highlights=list(_highlights(part, first, last)),
        frozen=(HEAD_ROWS, min(2, len(part.columns))),
        repeated=HEAD_ROWS,
        tab=tab,
        footer=f"{book.title} · {book.subtitle}",
    )


def _body(part: Part) -> Iterator[Row]:
    for each in part.body:
        match each:
            case Heading():
                yield _heading(each, len(part.columns))
            case Line():
                yield Row([_cell(column, each.cells.get(column.key), each.is_shut) for column in part.columns])
    if part.spare:
        yield _heading(Heading(part.spare_heading, 0), len(part.columns))
    for _number in range(part.spare):
        yield Row([_spare(part, column) for column in part.columns], 18)


def _heading(heading: Heading, columns: int) -> Row:
    """The text stands in the second column: the first one is for codes alone."""
    look = _LEVELS[heading.level]
    return Row(
        [Cell(heading.text if at == 1 else None, look) for at in range(columns)], 22 if heading.level == 0 else 19
    )


def _cell(column: Column, value: Value, is_shut: bool) -> Cell:
    use = Use.KNOWN if is_shut and column.is_open else column.use
    look = Look(
        fill=_FILLS[use],
        ink=_INKS[use],
        border=_EDGE,
        indent=1,
        bold=column.holds is Holds.CODE,
        wrap=column.holds not in NUMBERS,
        align="right" if column.holds in NUMBERS else "left",
        shown=_shown(column, value),
        is_open=use is Use.OPEN,
    )
    return Cell(_written(column, value), look)


def _spare(part: Part, column: Column) -> Cell:
    is_open = column.is_open or column.key in part.identity
    use = Use.OPEN if is_open else Use.KNOWN
    align = "right" if column.holds in NUMBERS else "left"
    shown = _shown(column, None)
    return Cell(None, Look(fill=_FILLS[use], border=_EDGE, shown=shown, align=align, indent=1, is_open=is_open))


def _written(column: Column, value: Value) -> Value:
    match value:
        case bool() | str():
            text = ("yes" if value else "") if isinstance(value, bool) else value
            return column.words.get(text, text) if column.holds is Holds.CHOICE else clean(text, several_lines=True)
        case date() if value < _FIRST_SAFE_DAY:
            # Earlier days count differently in different programs.
            return value.isoformat()
        case _:
            return value


def _shown(column: Column, value: Value) -> str:
    match column.holds:
        case Holds.CODE | Holds.PROSE:
            return "@"
        case Holds.MONEY:
            return _MONEY_SHOWN
        case Holds.DAY:
            return _DAY_SHOWN
        case Holds.NUMBER | Holds.PERCENT if not column.is_open and isinstance(value, Decimal):
            # Only what is not typed over: a format made for one number would round the next.
            places = min(max(-int(value.normalize().as_tuple().exponent), 0), MOST_PLACES)
            return "#,##0" + ("." + "0" * places if places else "")
    return "General"


def _rules(part: Part, first: int, last: int, spare: int, lists: _Lists) -> Iterator[Rule]:
    for at, column in enumerate(part.columns):
        letter = letters(at)
        values = part.offered.get(column.key, ())
        if part.spare and values:
            message = _("Choose from the list.")
            yield Rule(f"{letter}{spare}:{letter}{last}", "list", lists.reference(values), "", column.header, message)
        if column.is_open and part.body:
            yield from _rule(column, f"{letter}{first}:{letter}{last}", lists)
        elif column.is_open and part.spare:
            yield from _rule(column, f"{letter}{spare}:{letter}{last}", lists)


def _rule(column: Column, ranges: str, lists: _Lists) -> Iterator[Rule]:
    match column.holds:
        case Holds.CHOICE:
            reference = lists.reference(list(column.words.values()))
            yield Rule(ranges, "list", reference, "", column.header, _("Choose from the list."))
        case Holds.PERCENT:
            yield Rule(ranges, "decimal", "0", "100", column.header, _("A number from 0 to 100."))
        case Holds.NUMBER:
            yield Rule(ranges, "decimal", str(-_LARGEST), str(_LARGEST), column.header, _("A number."))
        case Holds.MONEY:
            yield Rule(ranges, "decimal", "0", str(10**17), column.header, _("An amount, 0 or more."))
        case Holds.PROSE:
            message = _("At most %(limit)d characters.") % {"limit": TEXT_LENGTH}
            yield Rule(ranges, "textLength", "0", str(TEXT_LENGTH), column.header, message)


def _highlights(part: Part, first: int, last: int) -> Iterator[Highlight]:
    if part.needs is None or not part.body:
        return
    asked, words, needed = part.needs
    place = {column.key: letters(at) for at, column in enumerate(part.columns)}
    tests = ",".join(f'${place[asked]}{first}="{word.replace(chr(34), chr(34) * 2)}"' for word in words)
    formula = f'AND(OR({tests}),TRIM(${place[needed]}{first})="")'
    yield Highlight(f"{place[needed]}{first}:{place[needed]}{last}", formula, _MISSING)
