"""What a reader hears is what the document says: in its order, no word lost, none stuck to the next."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from reports.document import (
    Bar,
    Column,
    Fact,
    Facts,
    GroupRow,
    Mark,
    ProgressBar,
    ProgressBars,
    Prose,
    Row,
    Run,
    Signal,
    Table,
)
from tests.reports.pdf import sample
from tests.reports.pdf.reading import document, spoken


def _texts(value: object) -> Iterator[str]:
    """Every text in a document value; addresses and anchors too, which do no harm here."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        if any(isinstance(part, Run) for part in value):
            yield "".join(part.text if isinstance(part, Run) else str(part) for part in value)
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


@pytest.mark.parametrize("made", [sample.brief(), sample.report(60)], ids=["brief", "report"])
def test_no_word_sticks_to_another(made: object) -> None:
    known = {word for text in _texts(made) for word in text.split()}
    heard = {word for block in spoken(made) for word in block.split()}  # type: ignore[arg-type]
    # Marks put a colon or a dot after their word; contents and numbered points add numbers, bars their counts.
    strange = {word for word in heard - known if not re.fullmatch(r"\d+[.,]?|[•·]", word) and word[:-1] not in known}
    assert strange == set()


def test_a_paragraph_is_heard_as_it_was_written() -> None:
    words = "Viešasis pirkimas neįvyko du kartus – todėl miesto-rajono takai 2022–2030 m. vėluoja. " * 30
    assert spoken(document(Prose((words,)))) == [words.strip()]


def test_links_are_heard_in_their_sentence() -> None:
    made = document(Prose((("Žr. ", Run("svetainę", href="https://www.kaunas.lt/"), ", ten daugiau."),)))
    assert spoken(made) == ["Žr. svetainę, ten daugiau."]


def test_label_and_value_over_several_lines_are_heard_one_after_the_other() -> None:
    label, value = "Atsakingas vykdytojas ir jo partneriai mieste bei rajone", "Miesto tvarkymo skyrius " * 12
    assert spoken(document(Facts((Fact(label, value),)))) == [label, value.strip()]


def test_a_row_is_heard_cell_by_cell_with_its_notes_after_it() -> None:
    row = Row(("1.1", "Takai mieste", Mark(Signal.BAD, "Vėluoja")), detail=("Pirma pastaba.", "Antra pastaba."))
    table = Table((Column("Kodas", 2), Column("Priemonė", 5), Column("Būklė", 3)), (GroupRow("Uždavinys", "54 %"), row))
    assert spoken(document(table)) == [
        *("Kodas", "Priemonė", "Būklė"),
        *("Uždavinys", "54 %"),
        *("1.1", "Takai mieste", "Vėluoja"),
        *("Pirma pastaba.", "Antra pastaba."),
    ]


def test_a_bar_is_heard_with_its_number_and_its_status() -> None:
    bar = ProgressBar("Judumas", Bar(39, "39 %"), "19,8 iš 51,3", Mark(Signal.BAD, "Vėluoja"))
    made = document(ProgressBars((bar,), ("Skyrius", "Panaudota", "Suma"), "Raktas", "Lėšos"))
    assert spoken(made) == [
        *("Lėšos", "Raktas", "Skyrius", "Panaudota", "Suma"),
        *("Judumas", "Vėluoja", "39 %", "19,8 iš 51,3"),
    ]
