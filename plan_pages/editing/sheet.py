"""The sheet of a return: all measures of the chapter with their status, all indicators with their values, all money of the
plan's years so far. One form in three tables; built, checked and stored in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages.domain.plan import natural_key
from plan_pages.editing.known import known_indicators
from plan_pages.editing.rows import MeasureRow, MoneyRow, ValueRow
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, Reported
from plan_pages.register import Indicator, Measure

EXTRA = "line-"
KINDS = ("measure-", "indicator-", "money-", EXTRA)
EXTRA_LINES = 5
MOST_LINES = 50
BATCH = 200

Wanted = tuple[Any, dict[str, Any] | None, dict[str, Any]]
"""The stored row or none, the columns wanted or none, the key of the row."""


class ReturnSheet:
    """`data`: what was posted, None for a sheet that is only shown. `may_edit`: else every field is disabled.

    A row of which nothing was posted is left as it is. `only`: the keys of the rows to be read, all of them without it.
    `may_set_targets`: interim targets are the plan's, and shown at once; whoever only reports does not move them.
    """

    def __init__(
        self,
        chapter_return: ChapterReturn,
        data: Mapping[str, Any] | None = None,
        *,
        only: Collection[str] | None = None,
        may_edit: bool = True,
        may_set_targets: bool = False,
    ) -> None:
        self.chapter_return = chapter_return
        self.period = chapter_return.period
        self.posted = _by_row(data) if data is not None else {}
        self.only = only
        found = list(self._measures())
        indicators = list(self._indicators())
        entries = {entry.measure_id: entry for entry in self._entries(found)}
        values = {value.indicator_id: value for value in self._values(indicators)}
        known = known_indicators(chapter_return, indicators)
        self.known = known
        self.measures = [
            MeasureRow(measure, entries.get(measure.pk), data=self._data(f"measure-{measure.pk}"))
            for measure in found
            if self._is_asked(f"measure-{measure.pk}")
        ]
        self.indicators = [
            ValueRow(
                indicator,
                values.get(indicator.pk),
                may_set_targets,
                known[indicator.pk].indicator,
                known[indicator.pk].last,
                data=self._data(f"indicator-{indicator.pk}"),
            )
            for indicator in indicators
        ]
        self.money = self._money(found)
        if not may_edit:
            for row in self.rows:
                for field in row.fields.values():
                    field.disabled = True

    def _data(self, key: str) -> dict[str, Any] | None:
        return self.posted.get(key)

    def _is_asked(self, key: str) -> bool:
        return self.only is None or key in self.only

    def _keys(self, kind: str) -> set[int]:
        """Of the rows asked for, the measures or indicators that are named in their keys."""
        found = set()
        for key in self.only or ():
            name, _dash, rest = key.partition("-")
            if name == kind and (number := rest.partition("-")[0]).isdecimal() and len(number) < 19:
                found.add(int(number))
        return found

    @property
    def rows(self) -> list[Any]:
        return [*self.measures, *self.indicators, *self.money]

    @property
    def money_shown(self) -> list[MoneyRow]:
        """A sheet that is only read has no lines to add."""
        return [row for row in self.money if not (row.is_extra and row.fields["planned"].disabled)]

    @property
    def reported(self) -> int:
        """How many measures have been given a status."""
        return sum(row.entry is not None for row in self.measures)

    @property
    def bound(self) -> list[Any]:
        """The rows that were posted."""
        return [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        """Whether every row that was posted can be stored."""
        for row in self.bound:
            row.full_clean()
        self._check_lines_once()
        return not any(row.errors for row in self.bound)

    @property
    def error_count(self) -> int:
        return sum(len(errors) for row in self.bound for errors in row.errors.values())

    def save(self, user: Any) -> bool:
        """Store the posted rows that are without fault; whether there were any. Called by the deeds of `editing.returns`,
        in their transaction."""
        entries = [
            (row.entry, row.wanted, {"measure": row.measure, "chapter_return": self.chapter_return})
            for row in self.measures
            if _is_good(row)
        ]
        values = [
            (row.value, row.wanted, {"indicator": row.indicator, "period": self.period})
            for row in self.indicators
            if _is_good(row)
        ]
        money = self._money_wanted()
        store(Entry, entries, user)
        store(IndicatorValue, values, user)
        store(BudgetEntry, money, user)
        return bool(entries or values or money)

    # The rows of the plan

    def _current(self) -> Q:
        """In the plan when the period ended, or now."""
        end = timezone.make_aware(datetime.combine(self.period.value.end, time.min))
        return Q(retired_at__isnull=True) | Q(retired_at__gte=end)

    def _measures(self) -> QuerySet[Measure]:
        """Also those whose money is asked for: their lines are theirs."""
        found = Measure.objects.reported_by(self.chapter_return.chapter_id, self.period.last_day)
        found = found.filter(self._current() | Q(entries__chapter_return=self.chapter_return))
        if self.only is not None and not any(key.startswith(EXTRA) for key in self.only):
            found = found.filter(pk__in=self._keys("measure") | self._keys("money"))
        return found.order_by("position", "pk").distinct()

    def _indicators(self) -> QuerySet[Indicator]:
        found = Indicator.objects.reported_by(self.chapter_return.chapter_id, self.period.last_day)
        found = found.filter(self._current())
        if self.only is not None:
            found = found.filter(pk__in=self._keys("indicator"))
        return found.order_by("position", "pk").select_related("goal", "task", "measure")

    def _entries(self, measures: list[Measure]) -> QuerySet[Entry]:
        found = self.chapter_return.entries.select_related("changed_by")
        return found if self.only is None else found.filter(measure__in=measures)

    def _values(self, indicators: list[Indicator]) -> QuerySet[IndicatorValue]:
        found = IndicatorValue.objects.filter(period=self.period, indicator__in=indicators)
        return found.select_related("changed_by")

    def _money(self, measures: list[Measure]) -> list[MoneyRow]:
        """What the plan has of the years so far, what this return reports of it, and lines to add."""
        if self.only is not None and not any(key.startswith(("money-", EXTRA)) for key in self.only):
            return []
        year = self.period.value.year
        lines = BudgetLine.objects.filter(measure__in=measures, year__lte=year)
        entries = self.chapter_return.budget_entries.select_related("changed_by")
        if self.only is not None:
            entries = entries.filter(measure__in=measures)
        found: dict[tuple[int, int, str], dict[str, Any]] = defaultdict(dict)
        for kind, rows in (("line", lines), ("entry", entries)):
            for row in rows:
                found[row.measure_id, row.year, row.fund][kind] = row
        order = {measure.pk: number for number, measure in enumerate(measures)}
        places = sorted(
            (key for key in found if key[0] in order), key=lambda key: (order[key[0]], key[1], natural_key(key[2]))
        )
        by_key = {measure.pk: measure for measure in measures}
        stored = []
        for measure, of_year, fund in places:
            key = f"money-{measure}-{of_year}-{fund}"
            row = MoneyRow(key, data=self._data(key), measure=by_key[measure], **found[measure, of_year, fund])
            stored.append(row)
        return stored + self._extra_lines(measures)

    def _extra_lines(self, measures: list[Measure]) -> list[MoneyRow]:
        choices = [(measure.pk, str(measure)) for measure in measures]
        years = list(range(self.period.value.year, self.chapter_return.chapter.plan.start_year - 1, -1))
        asked = self.posted if self.only is None else self.only
        keys = [key for key in asked if key.startswith(EXTRA)][:MOST_LINES]
        if self.only is None:
            keys += [key for number in range(EXTRA_LINES) if (key := f"{EXTRA}{number}") not in keys]
        return [MoneyRow(key, data=self._data(key), measures=choices, years=years) for key in keys]

    def _check_lines_once(self) -> None:
        seen = set()
        for row in self.money:
            if (row.is_bound and row.errors) or (place := row.place) is None:
                continue
            if place in seen:
                row.add_error("fund", _("This measure has a line of this year and fund already."))
            seen.add(place)

    # Storing

    def _money_wanted(self) -> list[Wanted]:
        """Only what differs from the plan's own line is kept with the return, until it is approved."""
        rows = []
        for row in self.money:
            if not _is_good(row) or (place := row.place) is None:
                continue
            planned, spent = row.amounts
            same = row.line is not None and (row.line.planned, row.line.spent) == (planned, spent)
            nothing = row.line is None and not row.is_amount
            wanted = None if same or nothing else {"planned": planned, "spent": spent}
            measure, year, fund = place
            key = {"chapter_return": self.chapter_return, "measure_id": measure, "year": year, "fund": fund}
            rows.append((row.entry, wanted, key))
        return rows


def _by_row(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What was posted, by the key of its row: `measure-12-status` belongs to `measure-12`."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in data:
        if "-" in name:
            found[name.rpartition("-")[0]][name] = data[name]
    return dict(found)


def rows_posted(data: Mapping[str, Any]) -> list[str]:
    """The keys of the rows of which something was posted."""
    return [key for key in _by_row(data) if key.startswith(KINDS)]


def _is_good(row: Any) -> bool:
    return row.is_bound and not row.errors


def store(model: type[Reported], rows: list[Wanted], user: Any) -> None:
    """Make, change and remove rows of the model, as they are wanted; what stays as it is keeps who wrote it."""
    made, changed, gone = [], [], []
    written = {"changed_at": timezone.now(), "changed_by": user}
    for stored, wanted, key in rows:
        if wanted is None:
            if stored is not None:
                gone.append(stored.pk)
        elif stored is None:
            made.append(model(**key, **wanted, **written))
        elif any(getattr(stored, name) != value for name, value in wanted.items()):
            for name, value in (wanted | written).items():
                setattr(stored, name, value)
            changed.append(stored)
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_update(changed, [*model.WRITTEN, *written], batch_size=BATCH)
    model._default_manager.bulk_create(made, batch_size=BATCH)
