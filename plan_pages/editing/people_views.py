"""Screens of people's choices: one's own, and the deputies of all who report, which coordinators keep."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from plan_pages.editing import people
from plan_pages.editing.screens import MonitoringView
from plan_pages.letters import name_of, site_day
from plan_pages.people import PersonalChoices
from plan_pages.permissions import own_chapters_for
from plan_pages.register import Chapter
from plan_pages.staff import editors_of

OWN = (gettext_lazy("My reminders"), "plan_pages_my_choices")
SECTION = (gettext_lazy("Deputies"), "plan_pages_deputies")


class MyChoicesView(MonitoringView):
    """For everyone who may log in: whoever gets a mail of ours may say how."""

    template_name = "plan_pages/admin/my_choices.html"
    page_title = OWN[0]
    header_icon = "calendar-check"

    def is_allowed(self, user: Any) -> bool:
        return True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._form(people.ChoicesForm(instance=people.choices_of(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = people.ChoicesForm(request.POST, instance=people.choices_of(request.user))
        if form.is_valid() and self.attempt(lambda: people.keep(form, request.user)):
            return self.done(_("Your choices are kept."), OWN[1])
        return self._form(form)

    def _form(self, form: people.ChoicesForm) -> HttpResponse:
        away = PersonalChoices.objects.away(site_day(timezone.now())).filter(deputy=self.request.user)
        return self.show(
            form=form,
            media=form.media,
            address=self.request.user.email,
            chapters=own_chapters_for(self.request.user).distinct(),
            stands_in=[(name_of(each.user), each.deputy_until) for each in away.select_related("user")],
        )


class DeputiesView(MonitoringView):
    template_name = "plan_pages/admin/deputies.html"
    page_title = SECTION[0]
    header_icon = "user"

    def get(self, request: HttpRequest) -> HttpResponse:
        chapters = list(Chapter.objects.filter(retired_at__isnull=True).order_by("page__path", "pk"))
        editors = editors_of(chapters)
        codes: dict[int, list[str]] = {}
        for chapter in chapters:
            for editor in editors[chapter.pk]:
                codes.setdefault(editor.pk, []).append(chapter.code)
        users = get_user_model().objects.filter(pk__in=codes).select_related("plan_choices__deputy")
        rows = [
            {
                "person": person,
                "name": name_of(person),
                "chapters": ", ".join(codes[person.pk]),
                "choices": _current(getattr(person, "plan_choices", None)),
            }
            for person in users.order_by("first_name", "last_name", "username")
        ]
        return self.show(rows=rows)


class DeputyView(MonitoringView):
    """The deputy of one person, set by a coordinator."""

    template_name = "plan_pages/admin/deputy.html"
    section = SECTION
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"], is_active=True)

    def get_page_title(self) -> str:
        return _("Deputy of: %(person)s") % {"person": name_of(self.person)}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._form(people.DeputyForm(instance=people.choices_of(self.person)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = people.DeputyForm(request.POST, instance=people.choices_of(self.person))
        if form.is_valid() and self.attempt(lambda: people.keep(form, request.user)):
            return self.done(_("The deputy is set."), SECTION[1])
        return self._form(form)

    def _form(self, form: people.DeputyForm) -> HttpResponse:
        history = registry.get_logs_for_instance(form.instance).select_related("user") if form.instance.pk else []
        return self.show(form=form, media=form.media, history=history)


def _current(choices: PersonalChoices | None) -> PersonalChoices | None:
    """With a deputy whose days are not over."""
    today = site_day(timezone.now())
    return choices if choices and choices.deputy and choices.deputy_until and choices.deputy_until >= today else None
