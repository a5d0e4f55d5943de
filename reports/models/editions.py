"""Editions: what was reported, for ever. Rows of editions and their files are inserted and never changed or deleted, by
anyone: the database itself refuses (`reports.insert_only`). What happens to an edition later has rows of its own.
"""

import uuid
import zlib
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.monitoring import check_period
from plan_pages.outbox import OutboxMail
from plan_pages.register import Chapter, Plan
from reports import files
from reports.choices import FileFormat, ReportKind
from reports.models.jobs import ReportJob


class DamagedSnapshot(ValueError):
    """The snapshot of an edition is not what was stored: in words."""


class InsertOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(gettext("An edition of a report is never changed or deleted: correct it by a new one."))


class EditionQuerySet(models.QuerySet["Edition"]):
    def released(self) -> Self:
        return self.filter(release__isnull=False)

    def unreleased(self) -> Self:
        """Those that wait for somebody to release them; not those that a later edition has overtaken."""
        later = Edition.objects.filter(job=models.OuterRef("job"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(later), release__isnull=True)

    def public(self) -> Self:
        """What everyone may have."""
        return self.released().filter(audience=Audience.PUBLIC)

    def before(self, job: ReportJob) -> "Edition | None":
        """What a report of this job is compared with: the last word on the period before it, of the same schedule."""
        earlier = self.filter(job__schedule=job.schedule_id, chapter=job.chapter_id, last_day__lt=job.last_day)
        return earlier.order_by("-last_day", "-number").first()


class EditionManager(models.Manager.from_queryset(EditionQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> EditionQuerySet:
        """Lists do not drag the snapshots along; an edition fetches its own when asked."""
        queryset: EditionQuerySet = super().get_queryset().defer("packed_snapshot")
        return queryset


class Edition(InsertOnly):
    """One report as it was made: number 1 by its schedule, each later number a correction with its reason."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(ReportJob, on_delete=models.PROTECT, related_name="editions", editable=False)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="editions", editable=False
    )
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("chapter"),
        null=True,
        on_delete=models.PROTECT,
        related_name="editions",
        editable=False,
    )
    kind = models.CharField(_("kind of report"), max_length=10, choices=ReportKind.choices, editable=False)
    period = models.CharField(_("period"), max_length=8, validators=[check_period], editable=False)
    last_day = models.DateField(_("last day"), editable=False)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, editable=False)
    languages = models.JSONField(_("languages"), editable=False)
    packed_snapshot = models.BinaryField(editable=False)
    snapshot_sum = models.CharField(_("sum of the snapshot"), max_length=64, editable=False)
    chapter_code = models.CharField(_("code of the chapter"), max_length=40, blank=True, editable=False)
    edition_before = models.ForeignKey(
        "self",
        verbose_name=_("edition before"),
        null=True,
        on_delete=models.PROTECT,
        related_name="editions_after",
        editable=False,
    )
    renderer = models.CharField(_("version of the renderer"), max_length=40, editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)
    reason = models.TextField(_("reason of the correction"), blank=True, editable=False)
    asked_by = models.CharField(_("asked by"), max_length=300, blank=True, editable=False)

    objects = EditionManager()

    class Meta:
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        ordering = ["-last_day", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="edition_number_once_in_a_job"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="later_edition_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        number = str(_("edition %(number)d") % {"number": self.number}) if self.number > 1 else ""
        return " · ".join(filter(None, [self.kind_choice.label, str(self.chapter or ""), self.period, number]))

    @property
    def kind_choice(self) -> ReportKind:
        return ReportKind(self.kind)

    @property
    def period_value(self) -> Period:
        return Period.parse(self.period)

    @property
    def snapshot(self) -> bytes:
        """Everything that the report was made from. Raises DamagedSnapshot where it is not what was stored."""
        try:
            taken = zlib.decompress(bytes(self.packed_snapshot))
        except zlib.error:
            taken = b""
        if files.sum_of(taken) != self.snapshot_sum:
            raise DamagedSnapshot(gettext("The snapshot of the edition is damaged: its sum is another."))
        return taken

    @property
    def is_released(self) -> bool:
        return hasattr(self, "release")

    @property
    def is_latest(self) -> bool:
        return not Edition.objects.filter(job=self.job_id, number__gt=self.number).exists()


class EditionFile(InsertOnly):
    """A file of an edition in a language; the data are in all languages and have none."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=10, choices=FileFormat.choices, editable=False)
    path = models.CharField(_("path"), max_length=200, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sum = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "format"], name="file_once_in_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.name}"

    @property
    def format_choice(self) -> FileFormat:
        return FileFormat(self.format)

    @property
    def name(self) -> str:
        return file_name(self.language, self.format)


def file_name(language: str, file_format: str) -> str:
    """As it stands in addresses: "lt.pdf", "data.json"."""
    return f"{language or 'data'}.{file_format}"


class Release(models.Model):
    """From that moment an edition is out. `by`: nobody where its schedule releases at once."""

    edition = models.OneToOneField(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="release", editable=False
    )
    at = models.DateTimeField(_("released at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = pgettext_lazy("deed", "release")
        verbose_name_plural = pgettext_lazy("deeds", "releases")

    def __str__(self) -> str:
        return f"{self.edition} · {self.at:%Y-%m-%d}"


class Delivery(models.Model):
    """An edition to a recipient; how it went stands at the mail."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="deliveries", editable=False
    )
    mail = models.OneToOneField(
        OutboxMail, verbose_name=_("mail"), on_delete=models.PROTECT, related_name="delivery", editable=False
    )

    class Meta:
        verbose_name = _("delivery of a report")
        verbose_name_plural = _("deliveries of reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.edition} → {self.mail.recipient}"
