"""Workbooks take as many queries for a hundred measures as for twenty."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_pages.exchange.store import store
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import coordinators_role, make_plan_roles
from tests.factories import home_page
from tests.plan_pages.editing.workbooks import filled
from tests.plans import large_plan

pytestmark = pytest.mark.django_db


class Counted:
    """A coordinator's queries, screen by screen."""

    def __init__(self, client: Client) -> None:
        self.client, self.counts = client, dict[str, int]()

    def __call__(self, name: str, method: str, address: str, data: Any = None) -> Any:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = getattr(self.client, method)(address, data)
        self.counts[name] = len(queries)
        return response


def counts(measures: int, django_user_model: Any) -> dict[str, int]:
    page = store(large_plan(measures), f"planas-{measures}", home_page()).page
    make_plan_roles(page)
    user = django_user_model.objects.create_user(f"coordinator {measures}")
    user.groups.add(coordinators_role())
    client = Client()
    client.force_login(user)
    period = ReportingPeriod.objects.create(plan=page.plan, period="2026-Q4")
    found = ChapterReturn.objects.create(chapter=page.plan.chapters.get(), period=period)
    client.get(reverse("plan_pages_return", args=[found.pk]))
    counted = Counted(client)
    codes = list(page.plan.chapters.get().measures.values_list("code", flat=True))
    cells = {("Priemonės", code, "Būsena"): "Vykdoma pagal planą" for code in codes}
    indicators = {("Rodikliai", f"R-{code}", "Faktinė reikšmė"): 9 for code in codes}
    for kind, pk, wanted in (("return", found.pk, cells | indicators), ("period", period.pk, indicators)):
        upload = reverse(f"plan_pages_{kind}_upload", args=[pk])
        preview = reverse(f"plan_pages_{kind}_preview", args=[pk])
        data = counted(f"{kind}: download", "get", reverse(f"plan_pages_{kind}_workbook", args=[pk])).content
        if kind == "period":
            wanted = dict.fromkeys(wanted, 8)
        with_cells = _file(filled(data, wanted))
        assert counted(f"{kind}: upload", "post", upload, {"workbook": with_cells}).status_code == 302
        assert counted(f"{kind}: preview", "get", preview).status_code == 200
        assert counted(f"{kind}: confirm", "post", preview, {"deed": "confirm"}).status_code == 302
    assert found.entries.count() == measures
    assert period.values.count() == measures
    return counted.counts


def _file(data: bytes) -> Any:
    return SimpleUploadedFile("a.xlsx", data)


def test_the_number_of_queries_does_not_grow_with_the_measures(django_user_model: Any) -> None:
    few, many = counts(20, django_user_model), counts(100, django_user_model)
    # The first of them also looks up what the log needs once.
    assert {name: count for name, count in many.items() if count > few[name]} == {}
    assert max(many.values()) <= 40
