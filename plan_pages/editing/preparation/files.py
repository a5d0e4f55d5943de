"""Files that come with a request, an answer or a remark: uploaded into a collection that only those concerned may open."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from plan_pages.pages.group import GroupPage
from plan_pages.permissions import coordinators_role

MOST = 10
"""Files at a time."""
LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""
ENDINGS = frozenset(
    ["pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "png", "jpg", "jpeg"]
)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each of a kind and size that is taken. Its value is a list."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        names = ", ".join(sorted(ENDINGS))
        super().__init__(
            label=gettext_lazy("Add files"),
            required=False,
            widget=FilesInput(attrs={"accept": ",".join(f".{ending}" for ending in sorted(ENDINGS))}),
            help_text=format_lazy(
                gettext_lazy("Up to {count} files of {size} MB each: {names}."),
                count=MOST,
                size=LARGEST // 1024**2,
                names=names,
            ),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(files) > MOST:
            raise forms.ValidationError(_("These are more than %(count)d files.") % {"count": MOST})
        for each in files:
            if PurePath(each.name).suffix.lower().lstrip(".") not in ENDINGS:
                raise forms.ValidationError(_("“%(name)s” is not a kind of file that is taken.") % {"name": each.name})
            if each.size > LARGEST:
                raise forms.ValidationError(
                    _("“%(name)s” is larger than %(size)d MB.") % {"name": each.name, "size": LARGEST // 1024**2}
                )
            if not each.size:
                raise forms.ValidationError(_("“%(name)s” is empty.") % {"name": each.name})
        return files


def attach(owner: Any, files: Sequence[Any], dropped: Iterable[Any], collection: Collection, user: Any) -> None:
    """Put these files into the collection and to what they belong to, and take the dropped documents from it."""
    owner.documents.remove(*dropped)
    model = get_document_model()
    for file in files:
        document = model(title=PurePath(file.name).stem[:255], file=file, collection=collection, uploaded_by_user=user)
        document.save()
        owner.documents.add(document)


def keep_of_round(round_: Any, files: Sequence[Any], dropped: Iterable[Any], user: Any) -> None:
    """The files of a round lie where those who are asked may open them: all of them, also those that came before it was
    opened to the public."""
    collection = collection_of_everyone() if round_.is_public else collection_of_coordinators()
    if files or dropped:
        attach(round_, files, dropped, collection, user)
    for document in round_.documents.exclude(collection=collection):
        document.collection = collection
        document.save()


def collection_of_group(group: GroupPage) -> Collection:
    """Below the group's own: its editors and the coordinators may open what lies there, nobody else."""
    role = group.role
    above = role.collection or Collection.get_first_root_node()
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Remarks and answers")
    editors = [role.editors] if role.editors else []
    return _collection(above, name, CollectionViewRestriction.GROUPS, [*editors, coordinators_role()])


def collection_of_coordinators() -> Collection:
    """What goes with rounds and requests: for everyone who may log in."""
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Preparation of the plan")
    return _collection(Collection.get_first_root_node(), name, CollectionViewRestriction.LOGIN, [])


def collection_of_everyone() -> Collection:
    """What goes with a consultation of the public."""
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Public consultations")
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _collection(above: Any, name: str, restriction: str, roles: Sequence[Any]) -> Collection:
    """The one of that name below; made, closed as it should be, where there is none."""
    found = above.get_children().filter(name=name).first()
    if found is None:
        found = above.add_child(name=name)
        made = CollectionViewRestriction.objects.create(collection=found, restriction_type=restriction)
        made.groups.set(roles)
    return found
