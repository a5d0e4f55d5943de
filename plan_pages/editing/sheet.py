"""The sheet of a return: all measures of the chapter with their status, all indicators with their values, all money of the
plan's years so far. One form in three tables; built, checked and stored in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages.domain.plan import natural_key
from plan_pages.editing.rows import MeasureRow, MoneyRow, ValueRow
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import Indicator, Measure

EXTRA_LINES = 5
BATCH = 200


class ReturnSheet:
    """`data`: what was posted, None for a sheet that is only shown. `may_edit`: else every field is disabled.

    `may_set_targets`: interim targets are the plan's, and shown at once; whoever only reports does not move them.
    """

    def __init__(
        self,
        chapter_return: ChapterReturn,
        data: Mapping[str, Any] | None = None,
        *,
        may_edit: bool = True,
        may_set_targets: bool = False,
    ) -> None:
        self.chapter_return = chapter_return
        self.period = chapter_return.period
        self.data = data
        measures = self._measures()
        indicators = self._indicators()
        entries = {entry.measure_id: entry for entry in chapter_return.entries.all()}
        values = {
            value.indicator_id: value
            for value in IndicatorValue.objects.filter(
                period=self.period, indicator__chapter_id=chapter_return.chapter_id
            )
        }
        self.measures = [MeasureRow(measure, entries.get(measure.pk), data=data) for measure in measures]
        self.indicators = [
            ValueRow(indicator, values.get(indicator.pk), may_set_targets, data=data) for indicator in indicators
        ]
        self.money = self._money(measures)
        if not may_edit:
            for row in self.rows:
                for field in row.fields.values():
                    field.disabled = True

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

    def is_valid(self) -> bool:
        for row in self.rows:
            row.full_clean()
        self._check_lines_once()
        return not any(row.errors for row in self.rows)

    @property
    def error_count(self) -> int:
        return sum(len(errors) for row in self.rows for errors in row.errors.values())

    def save(self) -> None:
        """Store what was entered. Called by `editing.returns.record`, inside its transaction."""
        self._save_entries()
        self._save_values()
        self._save_money()

    # The rows of the plan

    def _current(self) -> Q:
        """In the plan when the period ended, or now."""
        end = timezone.make_aware(datetime.combine(self.period.value.end, time.min))
        return Q(retired_at__isnull=True) | Q(retired_at__gte=end)

    def _measures(self) -> list[Measure]:
        found = Measure.objects.filter(
            self._current() | Q(entries__chapter_return=self.chapter_return), chapter_id=self.chapter_return.chapter_id
        )
        return list(found.order_by("position", "pk").distinct())

    def _indicators(self) -> list[Indicator]:
        found = Indicator.objects.filter(self._current(), chapter_id=self.chapter_return.chapter_id)
        return list(found.order_by("position", "pk").select_related("goal", "task", "measure"))

    def _money(self, measures: list[Measure]) -> list[MoneyRow]:
        """What the plan has of the years so far, what this return reports of it, and lines to add."""
        year = self.period.value.year
        chapter = self.chapter_return.chapter_id
        lines = BudgetLine.objects.filter(measure__chapter_id=chapter, year__lte=year)
        entries = self.chapter_return.budget_entries.all()
        found: dict[tuple[int, int, str], dict[str, Any]] = defaultdict(dict)
        for kind, rows in (("line", lines), ("entry", entries)):
            for row in rows:
                found[row.measure_id, row.year, row.fund][kind] = row
        order = {measure.pk: number for number, measure in enumerate(measures)}
        keys = sorted(
            (key for key in found if key[0] in order), key=lambda key: (order[key[0]], key[1], natural_key(key[2]))
        )
        by_key = {measure.pk: measure for measure in measures}
        stored = [
            MoneyRow(f"money-{key}-{year}-{fund}", data=self.data, measure=by_key[key], **found[key, year, fund])
            for key, year, fund in keys
        ]
        choices = [(measure.pk, str(measure)) for measure in measures]
        years = list(range(year, self.chapter_return.chapter.plan.start_year - 1, -1))
        return stored + [
            MoneyRow(f"line-{number}", data=self.data, measures=choices, years=years) for number in range(EXTRA_LINES)
        ]

    def _check_lines_once(self) -> None:
        seen = set()
        for row in self.money:
            if row.errors or (place := row.place) is None:
                continue
            if place in seen:
                row.add_error("fund", _("This measure has a line of this year and fund already."))
            seen.add(place)

    # Storing

    def _save_entries(self) -> None:
        made, changed, gone = _sorted_out(
            [
                (row.entry, row.wanted, {"measure": row.measure, "chapter_return": self.chapter_return})
                for row in self.measures
            ],
            Entry,
        )
        Entry.objects.filter(pk__in=gone).delete()
        Entry.objects.bulk_update(changed, ["status", "percent", "note", "next", "reason"], batch_size=BATCH)
        Entry.objects.bulk_create(made, batch_size=BATCH)

    def _save_values(self) -> None:
        made, changed, gone = _sorted_out(
            [(row.value, row.wanted, {"indicator": row.indicator, "period": self.period}) for row in self.indicators],
            IndicatorValue,
        )
        IndicatorValue.objects.filter(pk__in=gone).delete()
        IndicatorValue.objects.bulk_update(changed, ["target", "actual", "unavailable", "note"], batch_size=BATCH)
        IndicatorValue.objects.bulk_create(made, batch_size=BATCH)

    def _save_money(self) -> None:
        """Only what differs from the plan's own line is kept with the return, until it is approved."""
        rows = []
        for row in self.money:
            if (place := row.place) is None:
                continue
            planned, spent = row.amounts
            same = row.line is not None and (row.line.planned, row.line.spent) == (planned, spent)
            nothing = row.line is None and not row.is_amount
            wanted = None if same or nothing else {"planned": planned, "spent": spent}
            measure, year, fund = place
            key = {"chapter_return": self.chapter_return, "measure_id": measure, "year": year, "fund": fund}
            rows.append((row.entry, wanted, key))
        made, changed, gone = _sorted_out(rows, BudgetEntry)
        BudgetEntry.objects.filter(pk__in=gone).delete()
        BudgetEntry.objects.bulk_update(changed, ["planned", "spent"], batch_size=BATCH)
        BudgetEntry.objects.bulk_create(made, batch_size=BATCH)


def _sorted_out(rows: list[tuple[Any, dict[str, Any] | None, dict[str, Any]]], model: Any) -> tuple[list, list, list]:
    """(stored row or none, wanted columns or none, its key) each, parted into rows to make, to change, and keys to go."""
    made, changed, gone = [], [], []
    for stored, wanted, key in rows:
        if wanted is None:
            if stored is not None:
                gone.append(stored.pk)
        elif stored is None:
            made.append(model(**key, **wanted))
        elif any(getattr(stored, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(stored, name, value)
            changed.append(stored)
    return made, changed, gone
