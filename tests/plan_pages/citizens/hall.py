"""A public consultation and a citizen who sends its form, as a browser does."""

import re
import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from plan_pages.citizens.opened import Opened, link_token
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.outbox import OutboxMail
from tests.plan_pages.preparation.town import Town

EMAIL = "ona.slaptoji@pastas.example"
NAME = "Ona Slaptoji"
TEXT = "Prie mokyklos reikia apšviestos perėjos."


class Hall:
    """`round`: open for ten more days."""

    def __init__(self, language: str = "/en", **fields: Any) -> None:
        self.town = Town()
        self.language = language
        self.round = self.town.a_round(
            audience="public", asked={"lt": "Ko trūksta plane?", "en": "What is missing?"}, **fields
        )
        self.browser = Client()

    def address(self, path: str = "") -> str:
        return f"{self.language}/{self.town.plan.slug}/remarks/{self.round.number}/{path}"

    def opened(self, seconds: float = 60) -> str:
        return Opened(uuid.uuid4(), timezone.now() - timedelta(seconds=seconds)).written(self.round.public_id)

    def filled(self, **fields: Any) -> dict[str, Any]:
        return {
            "chapter": "plan",
            "code": "",
            "kind": "proposal",
            "text": TEXT,
            "name": NAME,
            "email": EMAIL,
            "consent": "on",
            "website": "",
            "opened": self.opened(),
            **fields,
        }

    def send(self, **fields: Any) -> Any:
        return self.browser.post(self.address("new/"), self.filled(**fields))

    def link(self, row: UnconfirmedRemark | None = None) -> str:
        """The path that the mail names."""
        found = row or UnconfirmedRemark.objects.get()
        return self.address(f"confirm/{link_token(found.public_id)}/")

    def confirm(self, row: UnconfirmedRemark | None = None) -> Remark:
        found = row or UnconfirmedRemark.objects.get()
        self.browser.post(self.link(found))
        return Remark.objects.get(public_id=found.public_id)

    def give(self, **fields: Any) -> Remark:
        """Sent and confirmed."""
        self.send(**fields)
        return self.confirm()

    def page(self, path: str = "") -> str:
        """Its words, for whoever comes along."""
        response = Client().get(self.address(path))
        assert response.status_code == 200
        return words(response)


def words(response: Any) -> str:
    """What a page says, without its tags."""
    content = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def stored() -> int:
    """Whatever a sending leaves behind."""
    return UnconfirmedRemark.objects.count() + Remark.objects.count() + OutboxMail.objects.count()
