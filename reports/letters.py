"""The mails that tell of a report: its summary sentence, the three main changes, the PDF or, if that is large, a link."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from plan_pages.outbox import Attachment, Letter
from reports import files, snapshot
from reports.choices import FileFormat
from reports.compose import letter as wording
from reports.models.editions import Edition, EditionFile
from reports.models.jobs import ReportJob
from reports.recipients import Reader, operators

ATTACHED_UP_TO = 8 * 1024 * 1024
"""Bytes of a PDF; servers refuse mails of more than about 10 MB, and in a mail a file is a third larger."""
PURPOSE = "report"
TRIAL = "report trial"
FAILURE = "report failure"
CATCHING_UP = "report catching up"


@dataclass(frozen=True, slots=True)
class Sources:
    """What mails of one edition are written from. The snapshots are unpacked once for all of them."""

    edition: Edition
    files: Sequence[EditionFile]
    schedule_readers: Sequence[Reader]


def of_edition(sources: Sources) -> list[Letter]:
    """A letter to each reader, in their language; the report in that language too, else in the schedule's first."""
    written: dict[str, dict[str, str]] = {}
    letters = []
    for reader in sources.schedule_readers:
        if reader.language not in written:
            written[reader.language] = _written(sources, reader.language)
        attached = _pdf(sources, reader.language)
        letters.append(
            Letter(
                PURPOSE,
                str(sources.edition.public_id),
                reader.address,
                reader.language,
                attachments=[_attachment(sources.edition, attached)] if attached.size <= _limit() else [],
                **written[reader.language],
            )
        )
    return letters


def of_failure(reference: str, job: ReportJob) -> list[Letter]:
    """To the operators: a report could not be made, and why; last the words of the program, which are in its own
    language."""

    def text() -> str:
        why = job.fault_choice.label if job.fault_choice else ""
        parts = [why, _("It was tried several times and will not be tried again by itself.")]
        if job.error:
            parts.append(_("For the administrator: %(error)s") % {"error": job.error})
        return "\n\n".join(filter(None, parts))

    return list(
        _to_operators(FAILURE, reference, lambda: _("A report could not be made: %(what)s") % {"what": job}, text)
    )


def of_catching_up(reference: str, begun: int, left: int) -> list[Letter]:
    """To the operators: many reports were missed at once."""
    return list(
        _to_operators(
            CATCHING_UP,
            reference,
            lambda: _("Missed reports are being caught up"),
            lambda: (
                _(
                    "Reports were missed, for nothing ran for some time. %(begun)d of them are being made now, "
                    "%(left)d follow in their order."
                )
                % {"begun": begun, "left": left}
            ),
        )
    )


def of_trial(reader: Reader, reference: str, title: str, attachment: Attachment) -> Letter:
    """To the person who asked for it alone."""
    with translation.override(reader.language):
        text = _(
            "This is a trial: the report as it would be made now. It was not put on record and sent to nobody else."
        )
        subject = _("Trial: %(title)s") % {"title": title}
    return Letter(TRIAL, reference, reader.address, reader.language, subject, text, attachments=[attachment])


def address_of(edition: Edition, name: str) -> str:
    """The full address of a file of an edition."""
    path = reverse("reports_file", args=[edition.public_id, name])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def file_name(edition: Edition, file: EditionFile) -> str:
    """As a reader keeps it: "council-2026-Q3-lt.pdf"."""
    parts = [edition.kind, edition.chapter_code, edition.period, file.language]
    if edition.number > 1:
        parts.append(str(edition.number))
    return "-".join(filter(None, parts)) + f".{file.format}"


def _written(sources: Sources, language: str) -> dict[str, str]:
    edition = sources.edition
    plan = snapshot.load(edition.snapshot)
    before = snapshot.load(edition.edition_before.snapshot) if edition.edition_before else None
    pdf = _pdf(sources, language)
    with translation.override(language):
        said = wording.compose(edition.kind_choice, plan, edition.period_value, language, before, edition.chapter_code)
        context = {
            "said": said,
            "edition": edition,
            "is_attached": pdf.size <= _limit(),
            "address": address_of(edition, pdf.name),
            "language": language,
        }
        subject = said.about if edition.number == 1 else _("Corrected: %(report)s") % {"report": said.about}
        return {
            "subject": subject,
            "text": render_to_string("reports/mail/report.txt", context),
            "html": render_to_string("reports/mail/report.html", context),
        }


def _pdf(sources: Sources, language: str) -> EditionFile:
    pdfs = [file for file in sources.files if file.format == FileFormat.PDF]
    return next((file for file in pdfs if file.language == language), pdfs[0])


def _attachment(edition: Edition, file: EditionFile) -> Attachment:
    return Attachment(files.STORAGE, file.path, file_name(edition, file), file.format_choice.content_type)


def _limit() -> int:
    return int(getattr(settings, "REPORTS_ATTACHED_UP_TO", ATTACHED_UP_TO))


def _to_operators(
    purpose: str, reference: str, subject: Callable[[], str], text: Callable[[], str]
) -> Iterator[Letter]:
    for reader in operators():
        with translation.override(reader.language):
            yield Letter(purpose, reference, reader.address, reader.language, subject(), text())
