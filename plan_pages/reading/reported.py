"""What was reported, as values: entries, evidence, indicators' values, money, moved ends. Only approved returns count."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wagtail.documents import get_document_model

from plan_pages.choices import Status
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.reading.facts import Fact, Numbers, Words, facts, number, stored_day, stored_moment

__all__ = ["Reported", "number"]

CENT = Decimal("0.01")
_STATUSES = {each.value: each for each in Status}


class Reported:
    """Monitoring data of some chapters, by the key of the row that it hangs on.

    `read`: those of which more is wanted than when they reported. `periods`: chapter to the periods of its approved
    returns, by the period's key. `approvals`: when they were approved.
    """

    def __init__(self, chapters: Sequence[int], languages: Sequence[str], read: Collection[int] | None = None) -> None:
        self.facts = facts(chapters, chapters if read is None else read)
        self.words = Words(languages)
        self.numbers = Numbers()
        found = sorted(
            (last_day, written, key) for key, ((_key, last_day, written, *_),) in self.facts["period"].items()
        )
        self.known = {key: Period.parse(written) for _last_day, written, key in found}
        self.ranks = {key: rank for rank, key in enumerate(self.known)}
        self.approvals: list[datetime] = []
        self.periods: dict[int, dict[int, Period]] = defaultdict(dict)
        for chapter, rows in self.facts["return"].items():
            for period, moment, *_rest in rows:
                self.periods[chapter][period] = self.known[period]
                self.approvals.append(stored_moment(moment))
        # Measure to the chapters in which it stood before, each with the last day that it was reported there.
        self.places: dict[int, list[tuple[int, date]]] = {
            measure: [(chapter, date.fromisoformat(day)) for chapter, day, *_rest in _by(rows, 2, int)]
            for measure, rows in self.facts["place"].items()
        }

    def _reporting(self, measure: int | None, chapter: int, period: Period) -> int:
        """The chapter whose return for the period holds what was reported of the measure."""
        places = self.places.get(measure, ()) if measure is not None else ()
        return next((former for former, until in places if period.last_day <= until), chapter)

    def reported_before(self, measure: int | None) -> tuple[Period, ...]:
        """The periods that were reported with a chapter in which the measure stood before."""
        if measure not in self.places:
            return ()
        return tuple(
            sorted(
                period
                for chapter in {former for former, _until in self.places[measure]}
                for period in self.periods[chapter].values()
                if self._reporting(measure, 0, period) == chapter
            )
        )

    def entries(self, measure: int) -> tuple[domain.Entry, ...]:
        words, numbers, known = self.words, self.numbers, self.known
        return tuple(
            domain.Entry(
                known[period], _STATUSES[status], numbers[percent], words[note], words[following], words[reason]
            )
            for period, status, percent, note, following, reason, _none in self._in_time("entry", measure)
        )

    def evidence(self, measure: int) -> tuple[domain.Evidence, ...]:
        """Of approved returns: until then it is private."""
        found = []
        rows = sorted(self.facts["evidence"].get(measure, ()), key=lambda row: (self._rank(row), int(row[1])))
        for period, _key, title, url, document, name, size in rows:
            file = get_document_model()(pk=int(document), file=name) if document else None
            found.append(
                domain.Evidence(
                    self.known[period],
                    title,
                    file.url if file else url,
                    file.file_extension.lower() if file else "",
                    int(size) if size else None,
                )
            )
        return tuple(found)

    def values(self, indicator: int, measure: int | None, chapter: int) -> list[domain.Value]:
        """Targets are the plan's; actuals and their notes count once the chapter's return is approved."""
        found = []
        words, numbers, known = self.words, self.numbers, self.known
        approved, moved = self.periods[chapter], measure in self.places
        for key, target, actual, unavailable, note, *_none in self._in_time("value", indicator):
            period = known[key]
            if key in (self.periods[self._reporting(measure, chapter, period)] if moved else approved):
                is_unavailable = unavailable in ("1", "true")
                found.append(domain.Value(period, numbers[target], numbers[actual], is_unavailable, words[note]))
            elif target is not None:
                found.append(domain.Value(period, numbers[target]))
        return found

    def budget(self, measure: int) -> tuple[domain.BudgetLine, ...]:
        rows = sorted(self.facts["money"].get(measure, ()), key=lambda row: (int(row[1]), row[2]))
        return tuple(
            domain.BudgetLine(int(year), fund, _amount(planned), _amount(spent))
            for _key, year, fund, planned, spent, *_rest in rows
        )

    def deadlines(self, measure: int) -> tuple[domain.DeadlineChange, ...]:
        rows = sorted(self.facts["deadline"].get(measure, ()), key=lambda row: (row[1], row[0]))
        return tuple(
            domain.DeadlineChange(date.fromisoformat(changed), stored_day(was), stored_day(became))
            for _key, changed, was, became, *_rest in rows
        )

    def _in_time(self, kind: str, key: int) -> list[Fact]:
        return sorted(self.facts[kind].get(key, ()), key=self._rank)

    def _rank(self, row: Fact) -> int:
        return self.ranks[row[0]]


def _by(rows: Sequence[Fact], place: int, kind: Any) -> list[Fact]:
    return sorted(rows, key=lambda row: kind(row[place]))


def _amount(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written).quantize(CENT)
