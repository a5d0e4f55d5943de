"""The part of the plan that a citizen's remark is about: a chapter from a short list and, if liked, a code from it. So the
form is as short for 2,000 measures as for 20. Only what the public may read.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from plan_pages.choices import Audience, Level
from plan_pages.consultation.parts import WHOLE, Part, find
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.reading import Accept, open_chapters
from plan_pages.register import CODE_LENGTH, Chapter, Goal, Measure, Task, in_language

BELOW: dict[Level, Any] = {Level.MEASURE: Measure, Level.TASK: Task, Level.GOAL: Goal}


class Places:
    def __init__(self, round_: RemarkRound, accept: Accept | None = None) -> None:
        self.round = round_
        rows = Chapter.objects.filter(
            pk__in=open_chapters(round_.plan, Audience.PUBLIC, accept), live=True, retired_at__isnull=True
        )
        if round_.chapter_id:
            rows = rows.filter(pk=round_.chapter_id)
        self.chapters = {f"{Level.CHAPTER}-{row.pk}": row for row in rows.order_by("page__path", "pk")}

    def choices(self) -> Iterator[tuple[str, str]]:
        if not self.round.chapter_id:
            yield WHOLE, _("The whole plan")
        for key, row in self.chapters.items():
            yield key, f"{row.code}. {in_language(row.title)}"

    def find(self, key: str, code: str) -> Part:
        """The part with that code; without one the chapter or the plan itself. Raises LookupError."""
        chapter = self.chapters.get(key)
        if not code:
            return find(key, self.round.plan, self.round.chapter)
        return self._with_code(code, [chapter.pk] if chapter else self._keys())

    def chosen(self, public_id: str) -> tuple[str, str]:
        """Chapter and code of the part with that public id, for a form that is opened; empty for what is not there."""
        try:
            wanted = uuid.UUID(public_id)
        except ValueError:
            return "", ""
        for key, chapter in self.chapters.items():
            if chapter.public_id == wanted:
                return key, ""
        for model in BELOW.values():
            row = self._rows(model, self._keys()).filter(public_id=wanted).first()
            if row is not None:
                return f"{Level.CHAPTER}-{row.chapter_id}", row.code
        return "", ""

    def _with_code(self, code: str, chapters: list[int]) -> Part:
        code = code.strip().rstrip(".")[: CODE_LENGTH + 1]
        for level, model in BELOW.items():
            row = self._rows(model, chapters).filter(code__iexact=code).first()
            if row is not None:
                return Part(level, row)
        raise LookupError(code)

    def _rows(self, model: Any, chapters: list[int]) -> Any:
        found = model.objects.filter(plan=self.round.plan_id, chapter__in=chapters, retired_at__isnull=True)
        return found.select_related("chapter")

    def _keys(self) -> list[int]:
        return [chapter.pk for chapter in self.chapters.values()]
