"""A city whose plan is being prepared: two groups, an open round, and what editors and coordinators send by their forms."""

from datetime import date, timedelta
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan_pages.choices import RemarkState
from plan_pages.consultation import parts
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.pages.group import GroupPage
from plan_pages.register import Measure
from tests.roles import City

CITIZEN: dict[str, Any] = {
    "group": None,
    "group_name": {},
    "person_name": "Slaptasis",
    "person_email": "slaptas@example.org",
}
"""What stands in a remark of a citizen instead of a group."""


def day(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


class Town(City):
    """`round`: open for ten more days."""

    def __init__(self, measures: int = 2) -> None:
        super().__init__(measures)
        self.measure = Measure.objects.get(plan=self.plan.plan, code="1.1.0")
        self.round = self.a_round()

    def a_round(self, **fields: Any) -> RemarkRound:
        number = RemarkRound.objects.count() + 1
        values = {
            "title": {"lt": f"Derinimas {number}", "en": f"Round {number}"},
            "opens": day(-5),
            "due": day(10),
            "created_at": timezone.now(),
            "announced_at": timezone.now(),
            **fields,
        }
        if values.get("audience") == "public":
            values.setdefault("answer_by", values["due"])
        return RemarkRound.objects.create(plan=self.plan.plan, number=number, **values)

    def a_draft(self, author: GroupPage | None = None, /, text: str = "Terminas per trumpas", **fields: Any) -> Remark:
        of = author or self.a
        remark = Remark(plan=self.plan.plan, round=self.round, text=text, group=of, group_name=of.heading_texts)
        for name, value in fields.items():
            setattr(remark, name, value)
        parts.keep(remark, parts.Part(parts.Level.MEASURE, self.measure))
        remark.save()
        return remark

    def a_remark(self, author: GroupPage | None = None, /, **fields: Any) -> Remark:
        """Handed in, and answered where the fields say so."""
        last = Remark.objects.filter(number__isnull=False).order_by("number").last()
        values = {
            "state": RemarkState.ANSWERED if fields.get("answer") else RemarkState.SUBMITTED,
            "number": (last.number or 0) + 1 if last else 1,
            "submitted_at": timezone.now(),
            "answered_at": timezone.now() if fields.get("answer") else None,
            **fields,
        }
        return self.a_draft(author, **values)

    def a_request(self, *groups: GroupPage, due: int = 5) -> InformationRequest:
        now = timezone.now()
        found = InformationRequest.objects.create(
            plan=self.plan.plan, title="Duomenys apie mokyklas", question="Kiek mokinių?", due=day(due), asked_at=now
        )
        for group in groups or (self.a,):
            RequestAnswer.objects.create(
                request=found, group=group, group_name=group.heading_texts, due=found.due, asked_at=now
            )
        return found

    def publish(self) -> None:
        now = timezone.now()
        RemarkRound.objects.filter(pk=self.round.pk).update(closed_at=now, published_at=now)
        self.round.refresh_from_db()

    def give_addresses(self) -> None:
        """Every user that there is gets an address."""
        for name in ("editor of A", "editor of B", "coordinator", "reader"):
            user = self.user(name)
            user.email = f"{name.replace(' ', '-').lower()}@example.org"
            user.save()

    def speak(self, language: str) -> None:
        for name in ("editor of A", "editor of B", "coordinator", "reader"):
            profile = self.user(name).wagtail_userprofile
            profile.preferred_language = language
            profile.save()

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.user(name))
        return client

    def post(self, name: str, address: str, *keys: Any, **data: Any) -> Any:
        """As this user, to the address of that name."""
        return self.client(name).post(reverse(address, args=keys), data)

    def get(self, name: str, address: str, *keys: Any, query: str = "") -> Any:
        return self.client(name).get(reverse(address, args=keys) + query)

    def written(self, deed: str = "save", **data: Any) -> dict[str, Any]:
        """What the form of a remark sends."""
        return {
            "kind": "proposal",
            "part": f"measure-{self.measure.pk}",
            "text": "Terminą pratęsti",
            "group": self.a.pk,
            "deed": deed,
            **data,
        }


def said(response: Any) -> str:
    """The messages of the screen that follows."""
    return " ".join(" ".join(str(message).split()) for message in get_messages(response.wsgi_request))


def words(response: Any) -> str:
    """The page without its line breaks."""
    return " ".join(response.content.decode().split())
