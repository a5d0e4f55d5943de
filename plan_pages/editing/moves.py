"""Moving a measure to another task. Within its chapter that is an edit of the text, as a draft or published at once by
whoever may. To another chapter of the plan it changes two published pages in one transaction, and takes the right to
publish both; the measure keeps its row: its public id, values, money, history and, by `FormerPlace`, its old address.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from plan_pages.blocks.code import check_code
from plan_pages.editing import move_blocks
from plan_pages.editing.move_returns import Handover, hand_over, handover
from plan_pages.editing.refusal import Refused
from plan_pages.pages.chapter import ChapterPage
from plan_pages.projection import MODELS, codes_taken
from plan_pages.register import Chapter, FormerPlace, Indicator, Measure, Task

Raw = move_blocks.Raw


@dataclass(frozen=True, slots=True)
class Move:
    """A measure (`block`, raw) of a page, to a task (raw) of a page, which may be the same."""

    page: ChapterPage
    block: Raw
    of: Raw
    target: ChapterPage
    task: Raw

    @property
    def is_within_chapter(self) -> bool:
        return self.page.pk == self.target.pk

    @property
    def suggested_code(self) -> str:
        """The measure's own, where codes do not follow the tasks' or its task stays the same; else the next one."""
        code, before = self.block["value"]["code"], self.of["value"]["code"]
        if not code.startswith(f"{before}.") or self.of["id"] == self.task["id"]:
            return code
        return move_blocks.next_code(self.task, _codes_of_plan(self))


def may_move(user: Any, page: ChapterPage) -> bool:
    """Whether the screen is for this user at all."""
    return bool(page.permissions_for_user(user).can_edit())


def may_move_between(user: Any, page: ChapterPage, target: ChapterPage) -> bool:
    return all(each.permissions_for_user(user).can_publish() for each in (page, target))


def would_publish(move: Move, user: Any) -> bool:
    """Whether a move within a chapter is published at once: by whoever may, where no draft waits that is not theirs to
    publish along."""
    page = move.page
    return page.live and not page.has_unpublished_changes and page.permissions_for_user(user).can_publish()


def text_of(page: ChapterPage) -> list[Raw]:
    """The raw goals that an editor works on: the draft where there is one."""
    return page.get_latest_revision_as_object().goals.get_prep_value()


def find(page: ChapterPage, block_id: str, target: ChapterPage, task_id: str) -> Move | None:
    """The move that is meant; None where the measure or the task is not there (any more)."""
    goals = text_of(page)
    block, of = move_blocks.find_measure(goals, block_id), move_blocks.task_of(goals, block_id)
    there = goals if target.pk == page.pk else target.goals.get_prep_value()
    task = move_blocks.find_task(there, task_id)
    return Move(page, block, of, target, task) if block and of and task else None


def check(move: Move, user: Any) -> Handover | None:
    """Whether it is possible now; what becomes of reported progress when the measure changes its chapter. Raises
    PermissionDenied, or Refused with the reason in words."""
    if not may_move(user, move.page):
        raise PermissionDenied
    if move.of["id"] == move.task["id"]:
        raise Refused(_("The measure stands in this task already."))
    if move.is_within_chapter:
        _check_unlocked(move.page, user)
        return None
    if not may_move_between(user, move.page, move.target):
        raise PermissionDenied
    if move.page.get_parent().pk != move.target.get_parent().pk:
        raise Refused(_("The chapters belong to different plans."))
    for page in (move.page, move.target):
        _check_unlocked(page, user)
        _check_published(page)
    return handover(_row(move), move.page.chapter, move.target.chapter)


@transaction.atomic
def carry_out(move: Move, code: str, user: Any) -> bool:
    """Move it. Says whether it is published (else it is a draft). Raises what `check` raises, and ValidationError for the
    code; nothing is changed then."""
    chapters = [move.page.pk, move.target.pk]
    list(Chapter.objects.select_for_update().filter(page__in=chapters).order_by("pk"))
    fresh = {page.pk: page for page in ChapterPage.objects.filter(pk__in=chapters)}
    found = find(fresh[move.page.pk], move.block["id"], fresh[move.target.pk], move.task["id"])
    if found is None:
        raise Refused(_("The measure or the task is no longer there: somebody has changed the chapter meanwhile."))
    going = check(found, user)
    code = check_code(code)
    if code != found.block["value"]["code"] and code in _codes_of_plan(found):
        raise ValidationError(_("The plan has a measure with the code %(code)s already."), params={"code": code})
    data = _described(found, code)
    is_published = _within(found, code, user) if going is None else _between(found, code, going, user)
    for page in {found.page.pk: found.page, found.target.pk: found.target}.values():
        log(page, "plan_pages.measure.move", user=user, data=data)
    return is_published


def _within(move: Move, code: str, user: Any) -> bool:
    page = move.page.get_latest_revision_as_object()
    goals, block = move_blocks.taken_out(page.goals.get_prep_value(), move.block["id"])
    _set(page, move_blocks.put_in(goals, move.task["id"], block, code))
    publishes = would_publish(move, user)
    _store(page, user, publishes)
    return publishes


def _between(move: Move, code: str, going: Handover, user: Any) -> bool:
    old, new, row = move.page.chapter, move.target.chapter, _row(move)
    goals, block = move_blocks.taken_out(move.page.goals.get_prep_value(), move.block["id"])
    block, became = move_blocks.renewed(block, _ids_in(new))
    FormerPlace.objects.create(
        measure=row,
        left=timezone.localdate(),
        chapter=old,
        code=row.code,
        block_id=row.block_id,
        reported_until=going.until,
    )
    # The rows go first: each page then finds in its chapter what it publishes, and misses nothing.
    for indicator in Indicator.objects.filter(measure=row):
        indicator.chapter = new
        indicator.block_id = became.get(str(indicator.block_id), indicator.block_id)
        indicator.save(update_fields=["chapter", "block_id"])
    row.chapter, row.code = new, code
    row.block_id = became.get(str(row.block_id), row.block_id)
    row.task = Task.objects.get(chapter=new, block_id=move.task["id"])
    row.save(update_fields=["chapter", "code", "block_id", "task"])
    hand_over(row, new, going, user)
    _set(move.page, goals)
    _store(move.page, user, publishes=True)
    _set(move.target, move_blocks.put_in(move.target.goals.get_prep_value(), move.task["id"], block, code))
    _store(move.target, user, publishes=True)
    return True


def _store(page: ChapterPage, user: Any, publishes: bool) -> None:
    try:
        revision = page.save_revision(user=user, log_action=True)
        if publishes:
            revision.publish(user=user)
    except ValidationError as error:
        message = _("The chapter “%(chapter)s” has errors and cannot be stored as it is: correct it first.")
        raise Refused(message % {"chapter": page}) from error


def _set(page: ChapterPage, goals: list[Raw]) -> None:
    page.goals = page.goals.stream_block.to_python(goals)


def _row(move: Move) -> Measure:
    found = Measure.objects.filter(
        chapter=move.page.chapter, block_id=move.block["id"], retired_at__isnull=True
    ).first()
    if found is None:
        raise Refused(_("The measure is not published yet: publish the chapter first."))
    return found


def _ids_in(chapter: Chapter) -> set[str]:
    rows = (model.objects.filter(chapter=chapter).values_list("block_id", flat=True) for model in MODELS.values())
    return {str(block_id) for found in rows for block_id in found}


def _codes_of_plan(move: Move) -> set[str]:
    """Codes of measures that others have: of the register, and of the draft of the chapter that is changed."""
    taken = codes_taken(move.page.get_parent(), move.page)["measure"]
    drafts = {move.page.pk: text_of(move.page), move.target.pk: text_of(move.target)}
    for goals in drafts.values():
        for task in move_blocks.tasks(goals):
            taken |= {each["value"]["code"] for each in task["value"]["measures"] if each["id"] != move.block["id"]}
    return taken


def _check_unlocked(page: ChapterPage, user: Any) -> None:
    if page.permissions_for_user(user).page_locked():
        raise Refused(_("The chapter “%(chapter)s” is locked.") % {"chapter": page})


def _check_published(page: ChapterPage) -> None:
    if not page.live:
        raise Refused(_("The chapter “%(chapter)s” is not published.") % {"chapter": page})
    if page.workflow_in_progress:
        raise Refused(_("The chapter “%(chapter)s” waits for approval: decide on it first.") % {"chapter": page})
    if page.has_unpublished_changes:
        raise Refused(
            _("The chapter “%(chapter)s” has changes that are not published: publish them or discard them first.")
            % {"chapter": page}
        )


def _described(move: Move, code: str) -> dict[str, str]:
    return {
        "code": move.block["value"]["code"],
        "became": code,
        "chapter": str(move.page.title),
        "task": str(move.of["value"]["code"]),
        "to_chapter": str(move.target.title),
        "to_task": str(move.task["value"]["code"]),
        "measure": move.block["id"],
    }
