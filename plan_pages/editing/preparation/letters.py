"""What people are told of the preparation of a plan, in words: each function one event, told once to those concerned."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_pages import formats
from plan_pages.choices import NoticeKind, RemarkState, RoundState
from plan_pages.citizens import letters as citizens
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.remarks import number_shown
from plan_pages.editing.preparation.rights import groups_of_plan
from plan_pages.languages import active_language
from plan_pages.letters import Event, Link, Message, full_address, tell
from plan_pages.staff import coordinators, editors_of_groups


def round_opened(round_: RemarkRound, today: date) -> None:
    """To every group of the plan, once, when remarks may be given."""
    if round_.announced_at is not None or round_.state_on(today) is not RoundState.OPEN:
        return
    now = timezone.now()
    if RemarkRound.objects.filter(pk=round_.pk, announced_at__isnull=True).update(announced_at=now) != 1:
        return
    round_.announced_at = now

    def write() -> Message:
        return Message(
            _("Remarks are asked for: %(round)s") % {"round": round_},
            (
                _("Working groups may give remarks, proposals and conclusions on the draft plan until %(day)s.")
                % {"day": _day(round_.due)},
                _("If your group has none, say so with the button beside the round."),
            ),
            link=_home(),
        )

    tell(editors_of_groups(groups_of_plan(round_.plan)), Event(NoticeKind.ROUND_OPENED, f"{round_.public_id}"), write)


def remarks_submitted(round_: RemarkRound, remarks: Sequence[Remark], user: Any) -> None:
    """To the coordinators: one mail for all that were handed in together."""
    groups = {remark.group_id: remark for remark in remarks}

    def write() -> Message:
        message = ngettext(
            "%(group)s has given %(count)d remark.", "%(group)s has given %(count)d remarks.", len(remarks)
        ) % {"group": ", ".join(remark.author_shown for remark in groups.values()), "count": len(remarks)}
        return Message(
            _("New remarks: %(round)s") % {"round": round_},
            (message,),
            items=tuple(
                Link(
                    _named(remark, remark.part_shown or _("The whole plan")),
                    full_address("plan_pages_remark", remark.pk),
                )
                for remark in remarks
            ),
        )

    tell(coordinators(), Event(NoticeKind.REMARKS_SUBMITTED, f"{remarks[0].public_id}"), write, but_not=user)


def _named(remark: Remark, part: str) -> str:
    return f"{number_shown(remark.number or 0)} {remark.kind_choice.label}: {part}"


def answers_given(round_: RemarkRound) -> None:
    """To each group, of the answers to its remarks that it has not been told of yet: one mail for all."""
    found = Remark.objects.select_for_update(of=("self",)).filter(
        round=round_, state=RemarkState.ANSWERED, told_at__isnull=True
    )
    untold = list(found.select_related("round__plan__page").order_by("number"))
    Remark.objects.filter(pk__in=[remark.pk for remark in untold]).update(told_at=timezone.now())
    by_group: dict[int, list[Remark]] = defaultdict(list)
    for remark in untold:
        if remark.group_id:
            by_group[remark.group_id].append(remark)
        else:
            citizens.answered(remark)
    for group, remarks in by_group.items():
        latest = max(remark.answered_at.isoformat() for remark in remarks if remark.answered_at)
        tell(
            editors_of_groups([group]),
            Event(NoticeKind.REMARKS_ANSWERED, f"{round_.pk}/{group}/{latest}"),
            _answers(round_, remarks),
        )


def _answers(round_: RemarkRound, remarks: Sequence[Remark]) -> Callable[[], Message]:
    def write() -> Message:
        message = ngettext(
            "The coordinating group has answered %(count)d remark of yours.",
            "The coordinating group has answered %(count)d remarks of yours.",
            len(remarks),
        )
        return Message(
            _("Remarks answered: %(round)s") % {"round": round_},
            (message % {"count": len(remarks)},),
            items=tuple(
                Link(
                    f"{number_shown(remark.number or 0)}: {remark.answer_choice.label if remark.answer_choice else ''}",
                    full_address("plan_pages_remark", remark.pk),
                )
                for remark in remarks
            ),
        )

    return write


def remarks_waiting(round_: RemarkRound, count: int, today: date) -> None:
    """To the coordinators, in the morning: citizens' remarks wait to be looked through."""

    def write() -> Message:
        message = ngettext(
            "%(count)d remark of citizens waits to be looked through before everyone may read it.",
            "%(count)d remarks of citizens wait to be looked through before everyone may read them.",
            count,
        )
        return Message(
            _("Remarks of citizens: %(round)s") % {"round": round_},
            (message % {"count": count},),
            link=Link(_("Look the remarks through"), full_address("plan_pages_moderation")),
        )

    tell(coordinators(), Event(NoticeKind.REMARKS_WAITING, f"{round_.pk}/{today}"), write)


def round_published(round_: RemarkRound) -> None:
    """To all groups: the table of remarks and answers may be read by everyone."""

    def write() -> Message:
        return Message(
            _("Remarks and answers are published: %(round)s") % {"round": round_},
            (_("The table of all remarks with the answers of the coordinating group is public now."),),
            link=Link(_("Remarks and answers"), public_address(round_)),
        )

    reference = f"{round_.public_id}/{round_.published_at:%Y%m%dT%H%M%S}"
    tell(editors_of_groups(groups_of_plan(round_.plan)), Event(NoticeKind.REMARKS_PUBLISHED, reference), write)


def information_asked(request: InformationRequest, answers: Sequence[RequestAnswer], reason: str = "") -> None:
    """To the editors of each group that is asked, for the first time or again."""
    for answer in answers:
        tell(
            editors_of_groups([answer.group_id]),
            Event(NoticeKind.INFORMATION_ASKED, f"{answer.pk}/{answer.asked_at:%Y%m%dT%H%M%S}"),
            _asked(request, answer, reason),
        )


def _asked(request: InformationRequest, answer: RequestAnswer, reason: str) -> Callable[[], Message]:
    def write() -> Message:
        until = _("Please answer by %(day)s.") % {"day": _day(answer.due)}
        if reason:
            opening = _("The coordinating group asks once more, because:")
            return Message(
                _("Asked again: %(title)s") % {"title": request}, (opening, until), quote=reason, link=_of(answer)
            )
        opening = _("The authors of the plan ask your group for information:")
        subject = _("Request for information: %(title)s") % {"title": request}
        return Message(subject, (opening, until), quote=request.question, link=_of(answer))

    return write


def information_given(answer: RequestAnswer, user: Any) -> None:
    """To the coordinators: a group has answered, or has nothing to say."""

    def write() -> Message:
        return Message(
            _("Answer to a request: %(title)s") % {"title": answer.request},
            (f"{answer.group_shown}: {answer.state_choice.label}.",),
            link=_of(answer),
        )

    tell(
        coordinators(),
        Event(NoticeKind.INFORMATION_GIVEN, f"{answer.pk}/{answer.answered_at:%Y%m%dT%H%M%S}"),
        write,
        but_not=user,
    )


def round_reminder(round_: RemarkRound, groups: Sequence[Any], step: date) -> None:
    """To groups that have neither given a remark nor said that they have none."""

    def write() -> Message:
        if step > round_.due:
            words = _("Remarks could be given until %(day)s. Your group has given none.")
            more = _("If you need more time, tell the coordinating group.")
        else:
            words = _("Remarks may be given until %(day)s. Your group has not given any yet.")
            more = _("If your group has none, say so with the button beside the round.")
        subject = _("Reminder: %(title)s") % {"title": round_}
        return Message(subject, (words % {"day": _day(round_.due)}, more), link=_home())

    tell(editors_of_groups(groups), Event(NoticeKind.REMINDER, f"round/{round_.pk}/{step}"), write)


def request_reminder(answer: RequestAnswer, step: date) -> None:
    """To the group that has not answered."""

    def write() -> Message:
        if step > answer.due:
            words = _("The answer of your group was due on %(day)s.")
        else:
            words = _("The answer of your group is due on %(day)s.")
        subject = _("Reminder: %(title)s") % {"title": answer.request}
        return Message(subject, (words % {"day": _day(answer.due)},), link=_of(answer))

    tell(editors_of_groups([answer.group_id]), Event(NoticeKind.REMINDER, f"request/{answer.pk}/{step}"), write)


def public_address(round_: RemarkRound) -> str:
    """Of the published table, in the active language."""
    page = round_.plan.page
    base = page.get_full_url() if page is not None else None
    return f"{base}remarks/{round_.number}/" if base else full_address("plan_pages_remarks")


def _home() -> Link:
    return Link(_("Preparation of the plan"), full_address("plan_pages_preparation"))


def _of(answer: RequestAnswer) -> Link:
    return Link(_("Open the request"), full_address("plan_pages_request_answer", answer.pk))


def _day(day: date) -> str:
    return formats.day(day, active_language())
