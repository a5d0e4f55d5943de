"""Words of Wagtail's admin that its catalogues cannot reach: labels that Django makes from the English names of fields, and
counts that are put before a noun whose case they do not know."""

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.users.forms import PagePermissionsForm


def label_fields() -> None:
    """Once, when the site starts."""
    labels: list[tuple[type[BaseForm], str, object]] = [
        (LoginForm, "password", _("Password")),
        (WorkflowPageForm, "page", _("Page")),
        (PagePermissionsForm, "page", _("Page")),
        (choosers.EmailLinkChooserForm, "email_address", _("Email address")),
        (choosers.EmailLinkChooserForm, "subject", _("Subject of the mail")),
        (choosers.EmailLinkChooserForm, "body", _("Text of the mail")),
        (choosers.PhoneLinkChooserForm, "phone_number", _("Phone number")),
        *(
            (form, "link_text", _("Link text"))
            for form in (
                choosers.ExternalLinkChooserForm,
                choosers.AnchorLinkChooserForm,
                choosers.EmailLinkChooserForm,
                choosers.PhoneLinkChooserForm,
            )
        ),
    ]
    for form, name, label in labels:
        form.base_fields[name].label = label


def count_without_nouns() -> None:
    """Once, when the site starts. Below a list Wagtail writes “14 pages” from a number and a name in the nominative, which
    is wrong in languages that decline: 14 puslapių."""

    def label(paginator: Paginator) -> str:
        return gettext("Total: %(count)s") % {"count": number_format(paginator.count)}

    WagtailPaginator.items_count_label = property(label)
