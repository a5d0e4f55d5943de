"""Blocks of figures: tiles, bars and charts. Everything drawn comes with its words."""

from dataclasses import dataclass

from reports.document.marks import Amount, Bar, Mark, Spark, demand_words
from reports.document.words import Words


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure: `label` above, `value` large ("71 %", "148,2 mln. €"), `note` below ("+4 p. p. since …")."""

    label: str
    value: str
    note: str = ""
    mark: Mark | None = None
    spark: Spark | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline figures side by side, four to a row."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class StatusBar:
    """One row: how many of what `label` names stand in each state. Segments in the order of the vocabulary; zeros may
    be passed and are not drawn. `total`: the number at the right end. `href`: where the label leads."""

    label: Words
    segments: tuple[Segment, ...]
    total: str = ""
    href: str = ""

    @property
    def alternative(self) -> str:
        """What the bar shows, in words: "Completed 6, On track 14"."""
        return ", ".join(f"{part.mark.word} {part.count}" for part in self.segments if part.count > 0)


@dataclass(frozen=True, slots=True)
class StatusBars:
    """Stacked bars on one common scale with a legend above. `header`: the words over label and bar and total, read out
    as the table's header ("Chapter", "Measures by status", "All")."""

    bars: tuple[StatusBar, ...]
    legend: tuple[Mark, ...]
    header: tuple[str, str, str]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ProgressBar:
    """One row: `label`, the bar, its number (`bar.text`) and `note` at the right end ("39,1 of 62,4 mln. €")."""

    label: Words
    bar: Bar
    note: str = ""
    mark: Mark | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class ProgressBars:
    """Bars of 0-100 below each other. `key`: what bar and stroke mean ("bar: spent · stroke: time gone, 75 %").
    `header`: the words over label, bar, note, read out as the table's header."""

    bars: tuple[ProgressBar, ...]
    header: tuple[str, str, str]
    key: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """One indicator over time. `labels`, `actual`, `expected` (may be empty) have one entry for each point in time.
    `target`: a dotted line, with `target_label`. `actual_label`, `expected_label`: the legend. `ticks`: the labels of
    the value axis with their values, already formatted; two to five of them.
    `alternative`: in words what the chart shows, not "chart"."""

    labels: tuple[str, ...]
    actual: tuple[Amount | None, ...]
    alternative: str
    actual_label: str
    expected: tuple[Amount | None, ...] = ()
    expected_label: str = ""
    target: Amount | None = None
    target_label: str = ""
    ticks: tuple[tuple[Amount, str], ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        demand_words(self.alternative)
        if len(self.actual) != len(self.labels) or len(self.expected) not in (0, len(self.labels)):
            raise ValueError("a chart needs one label for each point in time")
