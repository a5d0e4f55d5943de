"""Form fields that a return is made of: numbers as Lithuanians write them, and a text in every language of the site."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.formats import sanitize_separators
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from plan_pages.languages import language_codes

TEXT_LENGTH = 10_000
_SPACES = dict.fromkeys(map(ord, " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"))


class Line(forms.TextInput):
    """A line of text. These three controls write themselves without a template: a grid has thousands of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = {"type": self.input_type, "name": name, **self.build_attrs(self.attrs, attrs)}
        if (shown := self.format_value(value)) is not None:
            given["value"] = shown
        return format_html("<input{}>", flatatt(given))


class Lines(forms.Textarea):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<textarea{}>\n{}</textarea>", given, self.format_value(value) or "")


class Options(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, mark_safe(" selected") if str(code) == chosen else "", label) for code, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), options
        )


class NumberField(forms.DecimalField):
    """Reads “1 240,50” and “1240.50” alike; shows a number without the zeros that its column adds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, localize=True, widget=Line(attrs={"inputmode": "decimal"}), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = sanitize_separators(value.translate(_SPACES))
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            short = value.normalize()
            return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]
        return value


class TextField(forms.CharField):
    """A text of several lines. Browsers send a line's end in two ways: it is kept in one."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def add_texts(form: forms.Form, name: str, label: str, texts: Mapping[str, str], rows: int = 2) -> None:
    """One field a language, the default one first; the others name theirs."""
    languages = dict(settings.LANGUAGES)
    for code in language_codes():
        form.fields[f"{name}_{code}"] = TextField(
            label=label
            if code == settings.LANGUAGE_CODE
            else _("%(label)s (%(language)s)") % {"label": label, "language": str(languages[code]).lower()},
            required=False,
            max_length=TEXT_LENGTH,
            initial=texts.get(code, ""),
            widget=Lines(attrs={"rows": rows, "lang": code}),
        )


def texts_of(form: forms.Form, name: str) -> dict[str, str]:
    """Language to what was written, without the empty ones."""
    found = {code: form.cleaned_data.get(f"{name}_{code}") or "" for code in language_codes()}
    return {code: text for code, text in found.items() if text}


def check_texts(form: forms.Form, name: str) -> None:
    """Whoever writes in another language writes in the default one too: a reader falls back to that."""
    texts = texts_of(form, name)
    if texts and settings.LANGUAGE_CODE not in texts:
        language = str(dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]).lower()
        form.add_error(
            f"{name}_{settings.LANGUAGE_CODE}", _("The text is missing here (%(language)s).") % {"language": language}
        )
