"""How the demonstration's draft was prepared: rounds of remarks with answers, requests for information. Once only."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cms.demonstration.values import Raw
from plan_pages.choices import Level, RemarkState, RequestState, RoundAudience
from plan_pages.consultation import parts
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.pages.group import GroupPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import LEVELS, Chapter, Plan

_ROWS: Mapping[str, Any] = {Level.CHAPTER.value: Chapter} | {row._meta.model_name: row for row in LEVELS}


CITIZEN, CITIZENS_EMAIL = "Demonstracinis gyventojas", "gyventojas@example.org"


def prepare(plan_page: PlanPage, raw: Raw, today: date) -> None:
    """Nothing where the plan has a round or a request already. Days given as numbers are counted from today."""
    plan = plan_page.plan
    if plan.remark_rounds.exists() or plan.information_requests.exists():
        return
    groups = {page.code: page for page in GroupPage.objects.child_of(plan_page)}
    for number, each in enumerate(raw["rounds"], 1):
        _round(plan, number, each, groups, today)
    for each in raw["requests"]:
        _request(plan, each, groups, today)


def _round(plan: Plan, number: int, raw: Raw, groups: Mapping[str, GroupPage], today: date) -> None:
    opens, due = _day(raw["opens"], today), _day(raw["due"], today)
    published = _at(raw["published"], today) if "published" in raw else None
    round_ = RemarkRound.objects.create(
        plan=plan,
        number=number,
        title=_texts(raw["title"]),
        asked=_texts(raw["asked"]),
        opens=opens,
        due=due,
        created_at=_at(raw["opens"], today),
        announced_at=_at(raw["opens"], today),
        closed_at=published,
        published_at=published,
        audience=raw.get("audience", RoundAudience.GROUPS),
        answer_by=_day(raw["answer_by"], today) if "answer_by" in raw else None,
    )
    for code in raw["without_remarks"]:
        NoRemarks.objects.create(round=round_, group=groups[code], said_at=_at(raw["opens"], today))
    for each in raw["remarks"]:
        group = groups[each["group"]] if "group" in each else None
        _remark(round_, each, group, _at(raw["opens"], today) + timedelta(days=3), raw, today)


def _remark(round_: RemarkRound, raw: Raw, group: GroupPage | None, given: datetime, of: Raw, today: date) -> None:
    last = Remark.objects.filter(plan=round_.plan, number__isnull=False).order_by("number").last()
    remark = Remark(
        plan=round_.plan,
        round=round_,
        kind=raw["kind"],
        text=raw["text"].strip(),
        wording=raw.get("wording", "").strip(),
        group=group,
        group_name=group.heading_texts if group else {},
    )
    if group is None:
        remark.person_name, remark.person_email, remark.forget_on = CITIZEN, CITIZENS_EMAIL, round_.forget_on
        remark.moderation, remark.hidden_because = raw["moderation"], raw.get("hidden_because", "")
    if not raw.get("draft"):
        remark.number = (last.number or 0) + 1 if last else 1
        remark.state, remark.submitted_at = RemarkState.SUBMITTED, given
    if "answer" in raw:
        remark.state, remark.answer, remark.reason = RemarkState.ANSWERED, raw["answer"], raw["reason"].strip()
        remark.answered_at = remark.told_at = _at(of["answered"], today)
    parts.keep(remark, _part(round_.plan, raw))
    remark.save()


def _part(plan: Plan, raw: Raw) -> parts.Part:
    if "code" not in raw:
        return parts.Part()
    row = _ROWS[raw["level"]].objects.get(plan=plan, code=raw["code"], retired_at__isnull=True)
    return parts.Part(Level(raw["level"]), row)


def _request(plan: Plan, raw: Raw, groups: Mapping[str, GroupPage], today: date) -> None:
    asked, due = _at(raw["asked"], today), _day(raw["due"], today)
    request = InformationRequest.objects.create(
        plan=plan,
        title=raw["title"],
        question=raw["question"].strip(),
        asked_for=raw["asked_for"],
        due=due,
        asked_at=asked,
    )
    answers = {each["group"]: each for each in raw["answers"]}
    for code in raw["groups"]:
        answer = answers.get(code)
        state = RequestState.WAITING
        if answer is not None:
            state = RequestState.NOTHING if answer.get("nothing") else RequestState.GIVEN
        RequestAnswer.objects.create(
            request=request,
            group=groups[code],
            group_name=groups[code].heading_texts,
            due=due,
            asked_at=asked,
            state=state,
            text=(answer or {}).get("text", ""),
            answered_at=asked + timedelta(days=2) if answer else None,
        )


def _texts(raw: Raw) -> dict[str, str]:
    return {code: text.strip() for code, text in raw.items()}


def _day(given: Any, today: date) -> date:
    return today + timedelta(days=given) if isinstance(given, int) else date.fromisoformat(str(given))


def _at(given: Any, today: date) -> datetime:
    return timezone.make_aware(datetime.combine(_day(given, today), time(10)))
