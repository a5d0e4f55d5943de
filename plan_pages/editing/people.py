"""What people choose for themselves: language and rhythm of their mails, a deputy. Coordinators set a deputy for others too.
Every change of a deputy is logged, and the deputy is told.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from plan_pages import formats, letters
from plan_pages.choices import NoticeKind
from plan_pages.languages import active_language, language_codes
from plan_pages.people import PersonalChoices
from plan_pages.permissions import is_coordinator
from plan_pages.staff import may_enter_admin

DEPUTY_FIELDS = ("deputy", "deputy_from", "deputy_until")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return letters.name_of(person)


class DeputyForm(forms.ModelForm):
    """Who stands in for a person, from when until when; nobody where no deputy is named."""

    class Meta:
        model = PersonalChoices
        fields = list(DEPUTY_FIELDS)
        widgets = {"deputy_from": AdminDateInput, "deputy_until": AdminDateInput}
        field_classes = {"deputy": PersonField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputies = may_enter_admin().exclude(pk=self.instance.user_id)
        self.fields["deputy"].queryset = deputies.order_by("first_name", "last_name", "username")
        self.fields["deputy"].empty_label = _("nobody")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        first, last = cleaned["deputy_from"], cleaned["deputy_until"]
        if cleaned["deputy"] is None:
            return cleaned | {"deputy_from": None, "deputy_until": None}
        for name, day in (("deputy_from", first), ("deputy_until", last)):
            if day is None:
                self.add_error(name, _("Say from which day until which the deputy stands in."))
        if first and last and last < first:
            self.add_error("deputy_until", _("The last day is before the first."))
        elif last and last < letters.site_day(timezone.now()):
            self.add_error("deputy_until", _("This day is over."))
        return cleaned


class ChoicesForm(DeputyForm):
    """All that a person chooses for themselves."""

    class Meta(DeputyForm.Meta):
        fields = ["language", "digest", *DEPUTY_FIELDS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        languages = [("", _("as in the admin")), *((code, names[code]) for code in language_codes())]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=languages, required=False
        )


def choices_of(person: Any) -> PersonalChoices:
    """As stored, or new and not stored yet."""
    return PersonalChoices.objects.filter(user=person).first() or PersonalChoices(user=person)


@transaction.atomic
def keep(form: DeputyForm, user: Any) -> PersonalChoices:
    """Store what is chosen: of oneself anything, of another the deputy, and that by coordinators."""
    person = form.instance.user
    is_own = person.pk == user.pk
    if not is_own and not (is_coordinator(user) and not isinstance(form, ChoicesForm)):
        raise PermissionDenied
    changed = set(form.changed_data) & set(DEPUTY_FIELDS)
    kept = form.save()
    if changed:
        log(kept, "plan_pages.deputy.set", user=user, data=_said(kept))
    if changed and kept.deputy:
        _tell_deputy(kept, user)
    return kept


def _said(choices: PersonalChoices) -> dict[str, str]:
    deputy = letters.name_of(choices.deputy) if choices.deputy else ""
    days = (choices.deputy_from, choices.deputy_until)
    return {
        "person": letters.name_of(choices.user),
        "deputy": deputy,
        "first": str(days[0] or ""),
        "last": str(days[1] or ""),
    }


def _tell_deputy(choices: PersonalChoices, user: Any) -> None:
    now = timezone.now()

    def write() -> letters.Message:
        language = active_language()
        person = letters.name_of(choices.user)
        days = {
            "person": person,
            "first": formats.day(choices.deputy_from, language),
            "last": formats.day(choices.deputy_until, language),
        }
        return letters.Message(
            _("You stand in for: %(person)s") % {"person": person},
            (
                _("From %(first)s until %(last)s you are the deputy of: %(person)s.") % days,
                _("In these days you get this person’s reminders and notices too, and may report for their chapters."),
            ),
            link=letters.Link(_("Returns of chapters"), letters.full_address("plan_pages_returns")),
        )

    event = letters.Event(NoticeKind.DEPUTY, f"{choices.pk} {now.isoformat()}")
    letters.tell([choices.deputy], event, write, but_not=user, now=now)
