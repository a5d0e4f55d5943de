"""Monitoring data of a plan, as values, into rows. Makes approved returns; never changes a locked period.

Rows that the values do not mention stay. A return that somebody is still working on is not approved behind their back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages.choices import ReturnState
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Plan, Value
from plan_pages.domain.plan import Measure as MeasureValue
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Chapter as ChapterRow
from plan_pages.register import FormerPlace, Indicator, Measure
from plan_pages.register import Plan as PlanRow

BATCH = 500


class Refused(Exception):
    """The data cannot be stored; `reasons` says why, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def store_monitoring(plan: Plan, row: PlanRow, *, absent: Collection[tuple[str, str]] = (), user: Any = None) -> None:
    """Bring entries, values and budget lines up to date. `absent`: (sheet, column) pairs that the source does not have:
    texts in those languages stay. Raises Refused with every reason."""
    _Monitoring(plan, row, absent, user).store()


class _Monitoring:
    def __init__(self, plan: Plan, row: PlanRow, absent: Collection[tuple[str, str]], user: Any) -> None:
        self.plan = plan
        self.row = row
        self.absent = absent
        self.user = user
        self.now: datetime = timezone.now()
        self.measures = dict(Measure.objects.filter(plan=row, retired_at__isnull=True).values_list("code", "pk"))
        self.indicators = dict(Indicator.objects.filter(plan=row, retired_at__isnull=True).values_list("code", "pk"))
        self.periods = self._periods()
        self.former = self._former()

    def store(self) -> None:
        entries = self._changed(
            Entry,
            {
                (each.measure_id, each.chapter_return.period_id): each
                for each in Entry.objects.filter(measure__plan=self.row).select_related("chapter_return")
            },
            self._entries(),
        )
        values = self._changed(
            IndicatorValue,
            {
                (each.indicator_id, each.period_id): each
                for each in IndicatorValue.objects.filter(indicator__plan=self.row)
            },
            self._values(),
        )
        budget = self._changed(
            BudgetLine,
            {
                (each.measure_id, each.year, each.fund): each
                for each in BudgetLine.objects.filter(measure__plan=self.row)
            },
            self._budget(),
        )
        returns = self._returns({key for key, entry in entries if entry.pk is None})
        reasons = self._locked(entries, values) + self._unfinished(returns)
        if reasons:
            raise Refused(reasons)
        self._approve(returns)
        by_key = {
            (each.chapter_id, each.period_id): each.pk for each in ChapterReturn.objects.filter(chapter__plan=self.row)
        }
        chapter_of = dict(Measure.objects.filter(plan=self.row).values_list("pk", "chapter_id"))
        for (measure, period), entry in entries:
            if entry.pk is None:
                own = by_key.get((chapter_of[measure], period))
                entry.chapter_return_id = by_key.get((self.former.get((measure, period)), period)) or own
        _write(Entry, [entry for _key, entry in entries], ("status", "percent", "note", "next", "reason"))
        _write(IndicatorValue, [value for _key, value in values], ("target", "actual", "unavailable", "note"))
        _write(BudgetLine, [line for _key, line in budget], ("planned", "spent"))

    def _periods(self) -> dict[Period, ReportingPeriod]:
        """The plan's periods, with those added that the values mention."""
        known = {each.value: each for each in ReportingPeriod.objects.filter(plan=self.row)}
        for period in sorted(_mentioned(self.plan) - known.keys()):
            known[period] = ReportingPeriod.objects.create(plan=self.row, period=str(period))
        return known

    def _entries(self) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
        for measure in self.plan.measures():
            key = self.measures[measure.code]
            for entry in measure.entries:
                yield (
                    (key, self.periods[entry.period].pk),
                    {
                        "measure_id": key,
                        "status": entry.status.value,
                        "percent": entry.percent,
                        "note": entry.note.as_dict(),
                        "next": entry.next.as_dict(),
                        "reason": entry.reason.as_dict(),
                    },
                )

    def _values(self) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
        for indicator in self.plan.indicators():
            key = self.indicators[indicator.code]
            for value in indicator.values:
                period = self.periods[value.period].pk
                yield (
                    (key, period),
                    {
                        "indicator_id": key,
                        "period_id": period,
                        "target": value.target,
                        "actual": value.actual,
                        "unavailable": value.unavailable,
                        "note": value.note.as_dict(),
                    },
                )

    def _budget(self) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
        for measure in self.plan.measures():
            key = self.measures[measure.code]
            for line in measure.budget:
                yield (
                    (key, line.year, line.fund),
                    {
                        "measure_id": key,
                        "year": line.year,
                        "fund": line.fund,
                        "planned": line.planned,
                        "spent": line.spent,
                    },
                )

    def _changed(
        self, model: Any, known: Mapping[tuple[Any, ...], Any], wanted: Iterable[tuple[tuple[Any, ...], dict[str, Any]]]
    ) -> list[tuple[tuple[Any, ...], Any]]:
        """Rows that are new, or differ from what is wanted."""
        changed = []
        for key, fields in wanted:
            row = known.get(key)
            if row is None:
                changed.append((key, model(**fields)))
                continue
            for name, texts in fields.items():
                if isinstance(texts, dict):
                    kept = {code: text for code, text in getattr(row, name).items() if self._stays(model, name, code)}
                    fields[name] = kept | texts
            if any(getattr(row, name) != value for name, value in fields.items()):
                for name, value in fields.items():
                    setattr(row, name, value)
                changed.append((key, row))
        return changed

    def _stays(self, model: Any, name: str, language: str) -> bool:
        return ({Entry: "progress", IndicatorValue: "values"}[model], f"{name}_{language}") in self.absent

    def _returns(self, new: Collection[tuple[Any, ...]]) -> list[tuple[Chapter, ChapterRow, Period]]:
        """The chapters' returns that the values speak of. What came into a chapter with a measure that moved there has
        its return already, in the chapter that it left."""
        rows = {each.code: each for each in ChapterRow.objects.filter(plan=self.row, retired_at__isnull=True)}
        return [
            (chapter, rows[chapter.code], period)
            for chapter in self.plan.chapters
            for period in chapter.reported
            if not self._came_along(chapter, period, new)
        ]

    def _former(self) -> dict[tuple[int, int], int]:
        """Measure and period to the chapter whose return holds them, where that is not the measure's own."""
        found: dict[tuple[int, int], int] = {}
        places = FormerPlace.objects.filter(measure__plan=self.row, reported_until__isnull=False).order_by("pk")
        for measure, chapter, until in places.values_list("measure_id", "chapter_id", "reported_until"):
            for period in self.periods.values():
                if period.last_day <= until:
                    found.setdefault((measure, period.pk), chapter)
        return found

    def _came_along(self, chapter: Chapter, period: Period, new: Collection[tuple[Any, ...]]) -> bool:
        key = self.periods[period].pk
        measures = [each for each in chapter.measures() if _speaks_of(each, period)]
        keys = [(self.measures[each.code], key) for each in measures]
        if not keys or not all(each in self.former and each not in new for each in keys):
            return False
        of_measures = _indicator_codes(measures)
        own = [each for each in chapter.indicators() if each.code not in of_measures]
        return not any(value.period == period for each in own for value in each.values if _is_actual(value))

    def _locked(self, entries: Iterable[Any], values: Iterable[Any]) -> list[str]:
        locked = {each.pk: each for each in self.periods.values() if each.is_locked}
        measures = {pk: code for code, pk in self.measures.items()}
        indicators = {pk: code for code, pk in self.indicators.items()}
        touched = [(locked[key[1]], measures[key[0]]) for key, _row in entries if key[1] in locked]
        touched += [(locked[key[1]], indicators[key[0]]) for key, _row in values if key[1] in locked]
        return [
            _("%(period)s is locked: %(code)s cannot be changed for it.") % {"period": period, "code": code}
            for period, code in touched
        ]

    def _unfinished(self, returns: Iterable[tuple[Chapter, ChapterRow, Period]]) -> list[str]:
        known = {
            (each.chapter_id, each.period_id): each
            for each in ChapterReturn.objects.filter(chapter__plan=self.row).exclude(state=ReturnState.APPROVED)
        }
        busy = set(
            Entry.objects.filter(chapter_return__in=[each.pk for each in known.values()]).values_list(
                "chapter_return_id", flat=True
            )
        )
        return [
            _(
                "Chapter %(chapter)s: its return for %(period)s is being worked on (%(state)s); approve or empty it first."
            )
            % {"chapter": chapter.code, "period": period, "state": found.state_choice.label}
            for chapter, row, period in returns
            if (found := known.get((row.pk, self.periods[period].pk))) and found.pk in busy
        ]

    def _approve(self, returns: Iterable[tuple[Chapter, ChapterRow, Period]]) -> None:
        known = {
            (each.chapter_id, each.period_id): each for each in ChapterReturn.objects.filter(chapter__plan=self.row)
        }
        for _chapter, row, period in returns:
            key = (row.pk, self.periods[period].pk)
            found = known.get(key) or ChapterReturn(chapter_id=key[0], period_id=key[1])
            if found.state != ReturnState.APPROVED:
                found.state = ReturnState.APPROVED.value
                found.approved_at, found.approved_by = self.now, self.user
                found.save()


def _speaks_of(measure: MeasureValue, period: Period) -> bool:
    return any(entry.period == period for entry in measure.entries) or any(
        value.period == period for each in measure.indicators for value in each.values if _is_actual(value)
    )


def _indicator_codes(measures: Iterable[MeasureValue]) -> set[str]:
    return {each.code for measure in measures for each in measure.indicators}


def _is_actual(value: Value) -> bool:
    return value.unavailable or value.actual is not None


def _mentioned(plan: Plan) -> set[Period]:
    found = {period for chapter in plan.chapters for period in chapter.reported}
    found |= {entry.period for measure in plan.measures() for entry in measure.entries}
    return found | {value.period for indicator in plan.indicators() for value in indicator.values}


def _write(model: Any, rows: list[Any], fields: tuple[str, ...]) -> None:
    # Told apart before: what has been made has a key too.
    new, changed = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    model.objects.bulk_create(new, batch_size=BATCH)
    model.objects.bulk_update(changed, fields, batch_size=BATCH)
