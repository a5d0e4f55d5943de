"""The form of a citizen's remark: without a puzzle. What keeps machines out is seen by nobody: a field that is to stay
empty, the time that it took, and how much comes from one address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from plan_pages.choices import PUBLIC_REMARK_KINDS, RemarkKind
from plan_pages.citizens.fields import LINK, Mailbox, OneLine, Prose
from plan_pages.citizens.limits import limits
from plan_pages.citizens.opened import Opened
from plan_pages.citizens.places import Places
from plan_pages.consultation.parts import Part
from plan_pages.register import CODE_LENGTH


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the summary: what is wrong, and the id of the field where it is mended."""

    message: str
    target: str = ""


class CitizenRemarkForm(forms.Form):
    """`opened`: of this form; new where what was sent is too old or not ours, so that it can be sent again."""

    chapter = forms.ChoiceField(
        label=gettext_lazy("Part of the plan"),
        error_messages={
            "required": gettext_lazy("Choose the part of the plan that the remark is about."),
            "invalid_choice": gettext_lazy("Choose the part of the plan that the remark is about."),
        },
    )
    code = OneLine(
        label=gettext_lazy("Code of the goal, task or measure"),
        help_text=gettext_lazy("If the remark is about one of them, for example 1.2.3. It may be left empty."),
        required=False,
        max_length=CODE_LENGTH,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you give?"),
        choices=[(kind.value, kind._label) for kind in PUBLIC_REMARK_KINDS],
        initial=RemarkKind.REMARK.value,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose one.")},
    )
    text = Prose(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write what you have to say.")},
    )
    name = OneLine(
        label=pgettext_lazy("of a person", "Name"),
        help_text=gettext_lazy("It may be left empty. It is not shown to anybody but the coordinating group."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = Mailbox(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("You get a mail to confirm the remark, and later the answer. It is never shown."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that my name and e-mail are kept to answer me"),
        error_messages={"required": gettext_lazy("Without your consent the remark cannot be taken.")},
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    data: Any

    def __init__(
        self, *args: Any, places: Places, now: datetime, chosen: tuple[str, str] = ("", ""), **kwargs: Any
    ) -> None:
        self.places, self.now, self.limits = places, now, limits()
        chapter, code = chosen
        initial = {"chapter": chapter, "code": code, "opened": self._new()}
        super().__init__(*args, initial=initial, **kwargs)
        choices = list(places.choices())
        empty = [("", _("Choose"))] if len(choices) > 1 else []
        self.fields["chapter"].choices = [*empty, *choices]
        for name, most in (("text", self.limits.text), ("name", self.limits.name)):
            _bound(self.fields[name], most)
        hint = ngettext(
            "Up to %(count)d character. Do not write names, addresses or other personal data.",
            "Up to %(count)d characters. Do not write names, addresses or other personal data.",
            self.limits.text,
        )
        self.fields["text"].help_text = hint % {"count": self.limits.text}
        self.opened_form: Opened | None = None

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty: it is there to tell machines from people."))
        return ""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        most = self.limits.links
        if len(LINK.findall(text)) > most:
            message = ngettext(
                "At most %(count)d link may stand in the text.", "At most %(count)d links may stand in the text.", most
            )
            raise forms.ValidationError(message % {"count": most})
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_opened(cleaned.get("opened") or "")
        if "chapter" in cleaned and "code" in cleaned:
            cleaned["part"] = self._part(cleaned["chapter"], cleaned["code"])
        return cleaned

    def _part(self, chapter: str, code: str) -> Part | None:
        try:
            return self.places.find(chapter, code)
        except LookupError:
            name = "code" if code else "chapter"
            said = _("There is no goal, task or measure with this code in the part of the plan that you have chosen.")
            self.add_error(name, said if code else _("Choose the part of the plan that the remark is about."))
            return None

    def _check_opened(self, written: str) -> None:
        opened = Opened.read(written, self.places.round.public_id)
        age = self.now - opened.at if opened else timedelta()
        if opened is None:
            self._open_anew(_("The form could not be checked. Your text is kept: please send it again."))
        elif age > timedelta(hours=self.limits.hours_at_most):
            self._open_anew(_("The form was open for too long. Your text is kept: please send it again."))
        elif age < timedelta(seconds=self.limits.seconds_at_least):
            self.add_error(None, _("The form was sent faster than anybody can write. Please send it again."))
        else:
            self.opened_form = opened

    def _open_anew(self, message: str) -> None:
        self.add_error(None, message)
        self.data = {**self.data.dict(), "opened": self._new()}

    def _new(self) -> str:
        return Opened.now(self.now).written(self.places.round.public_id)

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, in the order of the form."""
        for message in self.non_field_errors():
            yield Fault(str(message))
        for field in self:
            target = field.auto_id if field.name != "kind" else f"{field.auto_id}_0"
            yield from (Fault(str(message), target) for message in field.errors)


def _bound(field: Any, most: int) -> None:
    """The browser is not told of it: it would cut off what is pasted, and say nothing."""
    message = ngettext("Shorten it to %(count)d character.", "Shorten it to %(count)d characters.", most)
    field.validators.append(MaxLengthValidator(most, message % {"count": most}))
