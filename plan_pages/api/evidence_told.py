"""Evidence of a return told in the shapes of the API."""

from plan_pages.api.return_shapes import EvidenceDetail, EvidenceRow
from plan_pages.api.teller import Teller, deed
from plan_pages.choices import ReturnState
from plan_pages.editing.talk import may_remove
from plan_pages.evidence import Evidence
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import is_editable


def evidence_row(teller: Teller, found: ChapterReturn, each: Evidence) -> EvidenceRow:
    """`found`: the return, which the user of the token may see."""
    document = each.document
    return {
        "@id": teller.address("evidence_detail", found.pk, each.pk),
        "@type": "Evidence",
        "id": each.pk,
        "title": each.title,
        "url": teller.request.build_absolute_uri(each.address),
        "is_file": document is not None,
        "file": teller.address("evidence_file", found.pk, each.pk) if document else None,
        "media_type": document.content_type if document else None,
        "public": found.state_choice is ReturnState.APPROVED,
        "removable": is_editable(found) and may_remove(each, teller.request.user),
        "added": deed(each.added_at, each.added_by),
    }


def evidence_detail(teller: Teller, found: ChapterReturn, each: Evidence) -> EvidenceDetail:
    return {
        **evidence_row(teller, found, each),
        "of": teller.address("return_detail", found.pk),
        "measure": teller.reference("Measure", each.measure, found.chapter.plan),
    }
