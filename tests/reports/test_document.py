"""The nodes refuse what could not be shown or read aloud."""

import pytest

from reports.document import (
    Column,
    Heading,
    KeepTogether,
    LineChart,
    Mark,
    Prose,
    Row,
    Run,
    Segment,
    Signal,
    Spark,
    StatusBar,
    Table,
    plain,
    runs,
    walk,
)


def test_a_mark_without_its_word_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its word"):
        Mark(Signal.BAD, " ")


def test_a_small_line_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="needs words"):
        Spark((1, 2), "")


def test_a_chart_needs_a_label_for_each_point() -> None:
    with pytest.raises(ValueError, match="one label for each"):
        LineChart(("2020",), (1, 2), "Auga", "Faktinė reikšmė")


def test_a_row_has_as_many_cells_as_the_table_has_columns() -> None:
    with pytest.raises(ValueError, match="1 cells in a table of 2 columns"):
        Table((Column("Kodas", 1), Column("Priemonė", 3)), (Row(("1.1",)),))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="needs columns"):
        Table((), ())


def test_headings_have_four_levels() -> None:
    with pytest.raises(ValueError, match="no heading level 5"):
        Heading(5, "Per giliai")


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("https://www.kaunas.lt/", "https://www.kaunas.lt/"),
        ("#tikslas-1.2", "#tikslas-1.2"),
        ("mailto:info@kaunas.lt", "mailto:info@kaunas.lt"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://example.org/a b", ""),
        ("https://example.org/\n", "https://example.org/"),
        ("#", ""),
        ("", ""),
    ],
)
def test_only_addresses_that_may_be_followed_are_links(href: str, link: str) -> None:
    assert Run("čia", href=href).link == link


def test_words_are_read_the_same_in_one_piece_or_several() -> None:
    assert plain("Žr. tikslą") == plain(("Žr. ", Run("tikslą", href="#t"))) == "Žr. tikslą"


def test_empty_runs_are_left_out() -> None:
    assert runs(("", Run(""), "a")) == (Run("a"),)


def test_a_status_bar_says_what_it_shows_and_skips_what_is_not_there() -> None:
    bar = StatusBar("Judumas", (Segment(Mark(Signal.DONE, "Įgyvendinta"), 3), Segment(Mark(Signal.BAD, "Vėluoja"), 0)))
    assert bar.alternative == "Įgyvendinta 3"


def test_walking_goes_into_what_is_kept_together() -> None:
    inner = Prose(("viduje",))
    outer = KeepTogether((inner,))
    assert list(walk((outer,))) == [outer, inner]
