"""A city for tests of rights: a plan with two groups, a chapter of each, and one user of every role, made when asked for."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.users.models import UserProfile

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from tests.factories import chapter_page, goal, group_page, indicator, measure, plan_page, task


class City:
    def __init__(self, measures: int = 2) -> None:
        self.plan = plan_page()
        self.a = group_page(self.plan, code="1", title="Švietimas")
        self.b = group_page(self.plan, code="2", title="Kultūra")
        rows = [measure(f"1.1.{number}") for number in range(1, measures)]
        rows.insert(0, measure("1.1.0", indicators=[indicator("R1")]))
        self.chapter_a = chapter_page(self.plan, [goal("1", [task("1.1", rows)])], group=self.a, code="1")
        self.chapter_b = chapter_page(self.plan, group=self.b, code="2")
        self.role_a, self.role_b = permissions.make_role(self.a), permissions.make_role(self.b)
        permissions.make_plan_roles(self.plan)
        self.period = ReportingPeriod.objects.create(plan=self.plan.plan, period="2026-Q1")

    def user(self, name: str) -> Any:
        """One of: nobody, inactive, reader, approver, editor of A, editor of B, coordinator, superuser."""
        users = get_user_model().objects
        found = users.filter(username=name).first()
        if found:
            return found
        user = users.create_user(name, is_superuser=name == "superuser", is_active=name != "inactive")
        # The admin's own words are compared: in English, whatever the site's language.
        UserProfile.objects.create(user=user, preferred_language="en")
        roles = {
            "inactive": lambda: self.role_a.editors,
            "editor of A": lambda: self.role_a.editors,
            "editor of B": lambda: self.role_b.editors,
            "coordinator": permissions.coordinators_role,
            "reader": permissions.readers_role,
            "approver": lambda: permissions.approvers_role(self.plan),
        }
        if name in roles:
            user.groups.add(roles[name]())
        return user

    def chapter_return(self, state: ReturnState = ReturnState.DRAFT) -> ChapterReturn:
        """A return of group A's chapter."""
        return ChapterReturn.objects.create(
            chapter=self.chapter_a.chapter,
            period=self.period,
            state=state,
            reason="Trūksta priežasčių." if state is ReturnState.RETURNED else "",
            approved_at=timezone.now() if state is ReturnState.APPROVED else None,
        )
