"""Rows of a round of remarks to `domain.remarks`, for an audience, in a constant number of queries.

For the public: nothing of parts that are not published or are restricted. Who a citizen is is never read here.
"""

from typing import Any

from django.db.models import Count
from django.utils import timezone, translation

from plan_pages.choices import Audience, HidingReason, Moderation, RemarkAnswer, RemarkKind
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain import remarks as domain
from plan_pages.domain.plan import Text
from plan_pages.languages import field_texts, language_codes, ordered
from plan_pages.reading import Accept, open_chapters

READ = (
    "number",
    "kind",
    "part_code",
    "part_title",
    "part_text",
    "text",
    "wording",
    "language",
    "group_name",
    "submitted_at",
    "answer",
    "answered_at",
    "reason",
    "goal_id",
    "task_id",
    "indicator_id",
    "chapter__code",
    "chapter__title",
    "measure__public_id",
)


def read_table(
    round_: RemarkRound, audience: Audience = Audience.INTERNAL, *, accept: Accept | None = None
) -> domain.RemarkTable:
    """The remarks that were given in a round, with their answers; of citizens only what may be shown. Before the round is
    published the public reads nothing of the groups'. `accept`: lifts restrictions, as in `read_plan`."""
    plan, page = round_.plan, round_.plan.page
    found = Remark.objects.readable().filter(round=round_)
    if audience is Audience.PUBLIC and round_.published_at is None:
        found = found.filter(moderation=Moderation.SHOWN)
    rows = list(found.select_related("chapter", "measure").only(*READ).order_by("number"))
    shown = rows
    if audience is Audience.PUBLIC:
        opened = open_chapters(plan, audience, accept)
        shown = [row for row in rows if row.chapter_id is None or row.chapter_id in opened]
    return domain.RemarkTable(
        plan=_text(page.heading_texts if page else plan.title),
        title=_text(round_.title),
        asked=_text(round_.asked),
        owner=_text(field_texts(page, "owner_name")) if page else Text(),
        number=round_.number,
        opens=round_.opens,
        due=round_.due,
        published=timezone.localdate(round_.published_at) if round_.published_at else None,
        remarks=tuple(_remark(row) for row in shown),
        withheld=len(rows) - len(shown),
        demonstration=bool(page and page.is_demonstration),
        address=_address(page, round_.number) if page and round_.published_at else Text(),
        slug=page.slug if page else "",
        hidden=_hidden(round_),
        is_public=round_.is_public,
        answer_by=round_.answer_by,
    )


def published_about(measure_id: str) -> list[dict[str, Any]]:
    """Numbers of the remarks on a measure, by its public id, in rounds that are published; with the number of each round."""
    found = Remark.objects.readable().filter(measure__public_id=measure_id, round__published_at__isnull=False)
    rows = found.order_by("number").values("number", "kind", "answer", "round__number")
    return [
        {
            "label": domain.number_shown(row["number"]),
            "kind": RemarkKind(row["kind"]),
            "answer": RemarkAnswer(row["answer"]),
            "round": row["round__number"],
        }
        for row in rows
    ]


def _hidden(round_: RemarkRound) -> tuple[tuple[HidingReason, int], ...]:
    if not round_.is_public:
        return ()
    rows = Remark.objects.given().filter(round=round_, moderation=Moderation.HIDDEN).order_by()
    counts = dict(rows.values_list("hidden_because").annotate(count=Count("pk")))
    return tuple((reason, counts[reason.value]) for reason in HidingReason if reason.value in counts)


def _remark(row: Any) -> domain.Remark:
    level = row.level
    return domain.Remark(
        number=row.number,
        kind=row.kind_choice,
        part=domain.RemarkPart(
            level,
            row.part_code,
            _text(row.part_title),
            _text(row.part_text),
            str(row.measure.public_id) if row.measure else "",
        ),
        chapter=domain.RemarkChapter(row.chapter.code, _text(row.chapter.title)) if row.chapter else None,
        text=row.text,
        wording=row.wording,
        language=row.language,
        author=_text(row.group_name),
        submitted=timezone.localdate(row.submitted_at),
        answer=row.answer_choice,
        reason=row.reason,
        answered=timezone.localdate(row.answered_at) if row.answered_at else None,
    )


def _text(texts: Any) -> Text:
    return Text.of(ordered(texts, language_codes()))


def _address(page: Any, number: int) -> Text:
    found = {}
    for code in language_codes():
        with translation.override(code):
            base = page.get_full_url()
        found[code] = f"{base}remarks/{number}/" if base else ""
    return Text.of(found)
