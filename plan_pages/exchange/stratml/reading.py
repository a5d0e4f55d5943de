"""What every part of reading needs: texts of the right length, days, numbers, and what the file has said at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import Text
from plan_pages.exchange.stratml import texts
from plan_pages.exchange.stratml.notes import Notes
from plan_pages.exchange.stratml.tree import Element

TITLE, HEADING, NAME, PROSE = 1_500, 255, 500, 10_000


@dataclass(slots=True)
class Reading:
    """`seen`: (sheet, column) pairs of which the file says something; `days`: every day in it."""

    language: str
    languages: Sequence[str]
    funds: Mapping[str, str | Promise]
    notes: Notes
    currency: str = ""
    fund_names: dict[str, Text] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    days: list[date] = field(default_factory=list)

    def of(self, text: str) -> Text:
        return Text.of({self.language: text})

    def line(self, element: Element | None, name: str = "", longest: int = TITLE) -> str:
        found = (element.child(name) if name else element) if element else None
        return self.cut(texts.line(self._meant(found)), longest, found.line) if found else ""

    def prose(self, element: Element | None, name: str = "") -> str:
        found = (element.child(name) if name else element) if element else None
        return self.cut(texts.prose(self._meant(found)), PROSE, found.line) if found else ""

    def rest(self, element: Element, text: str) -> str:
        """What is left of OtherInformation as prose."""
        line = element.line_of("OtherInformation")
        if texts.BREAK in text:
            self.notes.add(line, _("“^^” is read as a line break"))
        return self.cut(texts.prose(texts.as_meant(text)), PROSE, line)

    def joined(self, line: int, *parts: str) -> str:
        """Paragraphs, those without words left out."""
        return self.cut("\n\n".join(part for part in parts if part), PROSE, line)

    def cut(self, text: str, longest: int, line: int) -> str:
        if len(text) <= longest:
            return text
        self.notes.add(line, _("“{found}” is longer than {limit} characters; it is cut"), found=text, limit=longest)
        return text[:longest].strip()

    def days_of(self, element: Element | None) -> tuple[date | None, date | None]:
        """StartDate and EndDate, in their order."""
        if element is None:
            return None, None
        start, end = self.day(element, "StartDate", False), self.day(element, "EndDate", True)
        if start and end and end < start:
            message = _("the end {end} is before the start {start}; they are exchanged")
            self.notes.add(element.line_of("EndDate"), message, end=end.isoformat(), start=start.isoformat())
            start, end = end, start
        return start, end

    def day(self, element: Element, name: str, last: bool, remember: bool = True) -> date | None:
        """The day in that child; of a period, its first or last day. `remember`: it is one of the plan's."""
        text = element.text(name).strip()
        if not text:
            return None
        found = texts.day(text)
        if found is None and (period := texts.period_in(text)):
            found = period.last_day if last else period.start
            message = _("“{found}” is not a date; it is read as {day}")
            self.notes.add(element.line_of(name), message, found=text, day=found.isoformat())
        elif found is None:
            message = _("“{found}” is not a date such as 2026-03-31; it is not read")
            self.notes.add(element.line_of(name), message, found=text)
        if found and remember:
            self.days.append(found)
        return found

    def number(self, element: Element, money: bool = False) -> tuple[Decimal | None, str]:
        """NumberOfUnits, and the words that stand there instead of a number."""
        text = texts.line(element.text("NumberOfUnits"))
        if not text:
            return None, ""
        line = element.line_of("NumberOfUnits")
        number = texts.plain(text)
        if number is None:
            number = texts.number_in(text, (self.language, "en"))
            if number is None:
                if texts.says_nothing(text):
                    self.notes.add(line, _("“{found}” is not a number; it is not read"), found=text)
                    return None, ""
                self.notes.add(line, _("“{found}” is not a number; it is kept in words"), found=text)
                return None, text
            message = _("“{found}” is read as the number {number}")
            self.notes.add(line, message, found=text, number=texts.written(number))
        fitted = texts.fitted(number, money)
        if fitted is None:
            self.notes.add(line, _("{found} is not a possible amount; it is kept in words"), found=text)
            return None, text
        if fitted != number:
            message = _("{found} is rounded to {number}")
            self.notes.add(line, message, found=text, number=texts.written(fitted))
        return fitted, ""

    def absent(self, columns: Collection[tuple[str, str, bool]]) -> frozenset[tuple[str, str]]:
        """Of (sheet, column, translated): what the file says nothing of; of texts, all other languages."""
        found = set()
        for sheet, column, translated in columns:
            if not translated:
                found |= {(sheet, column)} - self.seen
                continue
            others = [each for each in self.languages if each != self.language]
            found |= {(sheet, f"{column}_{language}") for language in others}
            if (sheet, column) not in self.seen:
                found.add((sheet, f"{column}_{self.language}"))
        return frozenset(found)

    def _meant(self, element: Element | None) -> str:
        text = element.whole_text() if element else ""
        if element and texts.BREAK in text:
            self.notes.add(element.line, _("“^^” is read as a line break"))
        return texts.as_meant(text)
