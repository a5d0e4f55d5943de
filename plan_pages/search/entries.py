"""Entries of the search: one for each thing that can be found, in each language in which it is looked for.

An entry is written in the transaction of what it speaks of, and only of what is published. Whether everyone may see its
page is asked when somebody searches: a restriction set today hides what was written yesterday.
"""

from typing import Any, Self

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from plan_pages.register import CODE_LENGTH, Plan
from plan_pages.search.kinds import EntryKind


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def public(self) -> Self:
        """What everyone may see: on a published page of a site, of a published plan, under no restriction."""
        on_a_page = (
            Q(_below(Site.objects.all(), "page__path", "root_page__path"))
            & ~Q(_below(Plan.objects.filter(page__live=False), "page__path", "page__path"))
            & ~Q(_below(PageViewRestriction.objects.all(), "page__path", "page__path"))
        )
        closed_file = _below(CollectionViewRestriction.objects.all(), "document__collection__path", "collection__path")
        return self.filter(
            Q(page__isnull=True) | (Q(page__live=True) & on_a_page), Q(document__isnull=True) | ~Q(closed_file)
        )


def _below(above: models.QuerySet[Any], path: str, path_above: str) -> Exists:
    """Whether the tree path of an entry lies at or below one of those."""
    own = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(above.annotate(own_path=own).filter(own_path__startswith=F(path_above)))


class SearchEntry(models.Model):
    """`owner`: what the entry was written of ("page-12"), and is replaced or deleted with.

    `language`: of those who look for it; `title_language`, `text_language`: in which they read it, another one where
    that is missing. `address`: from the page's own, or from the site's root where there is no page. `reference`: the public
    id of a row of the register. `title_stems`, `stems` (of the title too): between spaces.
    """

    owner = models.CharField(max_length=60, db_index=True)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    reference = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=500, blank=True)
    code = models.CharField(_("code"), max_length=CODE_LENGTH, blank=True)
    day = models.DateField(_("date"), null=True)
    title = models.TextField(_("title"))
    title_language = models.CharField(max_length=10)
    text = models.TextField(_("text"), blank=True)
    text_language = models.CharField(max_length=10)
    title_stems = models.TextField()
    stems = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["pk"]
        indexes = [models.Index(fields=["language", "kind"], name="search_by_language")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()
