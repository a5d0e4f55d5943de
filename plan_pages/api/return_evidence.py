"""Evidence of a return: what there is, a link or a file more, one away, and the file itself. By the deeds of the admin."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Body, File, Form, Query, Router, Schema, UploadedFile
from ninja.errors import ValidationError
from pydantic import ConfigDict, Field, ValidationInfo, model_validator
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.documents.views.serve import serve

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, left_out
from plan_pages.api.deeds import no_such_row, refused_deed
from plan_pages.api.evidence_told import evidence_detail
from plan_pages.api.return_shapes import EvidenceBatch, EvidenceDetail
from plan_pages.api.return_transitions import seen
from plan_pages.api.teller import teller_of
from plan_pages.api.transitions import Problem, Unfit
from plan_pages.editing import talk
from plan_pages.editing.refusal import Refused
from plan_pages.evidence import TITLE_LENGTH, Evidence
from plan_pages.monitoring import ChapterReturn
from plan_pages.register import Measure

router = Router(tags=["returns"], auth=BearerTokenAuth())
ADDED: Any = {201: EvidenceDetail, 409: Problem, 422: Unfit}
FILE = "file"
BYTES = "application/octet-stream"
FILE_ANSWERED: Any = {
    200: {"description": "OK", "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}}},
    302: {
        "description": "A host keeps its files elsewhere.",
        "headers": {"Location": {"$ref": "#/components/headers/Location"}},
    },
}

# How long a text may be is told here and checked by the deed: then it is said in the reader's language.
TITLE: Any = Field(
    default="",
    description="Without one, the address or the file's name.",
    json_schema_extra={"maxLength": TITLE_LENGTH},
)


class EvidenceAsked(Batched):
    measure: UUID | None = left_out("The identity of a measure.")


class LinkSent(Schema):
    model_config = ConfigDict(extra="forbid")

    measure: UUID
    url: str = Field(
        description="Of the web: http or https.",
        json_schema_extra={"format": "uri", "maxLength": talk.ADDRESS_LENGTH},
        examples=["https://www.kaunas.lt/"],
    )
    title: str = TITLE


class FileSent(Schema):
    """Goes with the file, as parts of one form."""

    measure: UUID
    title: str = TITLE

    @model_validator(mode="before")
    @classmethod
    def only_what_is_known(cls, values: Any, info: ValidationInfo) -> Any:
        request = (info.context or {}).get("request")
        if request is not None:
            known = {*cls.model_fields, FILE}
            strange = [name for name in (*request.POST, *request.FILES) if name not in known]
            if strange:
                raise ValidationError([_unknown_part(name) for name in strange])
        return values


@router.get(
    "/{int:return_id}/evidence/",
    response=EvidenceBatch,
    url_name="evidence_list",
    operation_id="evidence_list",
    summary="Evidence of a return",
)
def evidence_list(request: HttpRequest, return_id: int, query: Query[EvidenceAsked]) -> HttpResponse:
    """In the order in which it was added."""
    found, teller = seen(request, return_id), teller_of(request)
    rows = _rows(found)
    if query.measure is not None:
        rows = rows.filter(measure__public_id=query.measure)
    items = [evidence_detail(teller, found, each) for each in part(rows, query)]
    return answer(batch(request, query, rows.count(), items), teller.language)


@router.post(
    "/{int:return_id}/evidence/links/",
    response=ADDED,
    url_name="evidence_links",
    operation_id="evidence_link_add",
    summary="Add a link as evidence of a measure",
)
def evidence_link_add(request: HttpRequest, return_id: int, query: Query[Asking], data: Body[LinkSent]) -> HttpResponse:
    found, place = seen(request, return_id), ("body", "data")
    measure = _measure(found, data.measure)
    if measure is None:
        return no_such_row((*place, "measure"))
    try:
        made = talk.add_link(found, measure, request.user, data.url, data.title)
    except Refused as refusal:
        return refused_deed(refusal, {name: (*place, name) for name in ("url", "title")})
    return _told(request, found, made, status=201)


@router.post(
    "/{int:return_id}/evidence/files/",
    response=ADDED,
    url_name="evidence_files",
    operation_id="evidence_file_add",
    summary="Add a file as evidence of a measure",
)
def evidence_file_add(
    request: HttpRequest, return_id: int, query: Query[Asking], data: Form[FileSent], file: File[UploadedFile]
) -> HttpResponse:
    """It becomes a document of the working group, closed to everyone else until the return is approved."""
    found = seen(request, return_id)
    measure = _measure(found, data.measure)
    if measure is None:
        return no_such_row(("form", "measure"))
    try:
        made = talk.add_document(found, measure, request.user, file, data.title)
    except Refused as refusal:
        return refused_deed(refusal, {"title": ("form", "title"), FILE: ("file", FILE)})
    return _told(request, found, made, status=201)


@router.get(
    "/{int:return_id}/evidence/{int:evidence_id}/",
    response=EvidenceDetail,
    url_name="evidence_detail",
    operation_id="evidence_detail",
    summary="A piece of evidence",
)
def evidence_one(request: HttpRequest, return_id: int, evidence_id: int, query: Query[Asking]) -> HttpResponse:
    found = seen(request, return_id)
    return _told(request, found, _one(found, evidence_id))


@router.delete(
    "/{int:return_id}/evidence/{int:evidence_id}/",
    response={204: None, 409: Problem},
    url_name="evidence_detail",
    operation_id="evidence_remove",
    summary="Take evidence away",
)
def evidence_remove(request: HttpRequest, return_id: int, evidence_id: int, query: Query[Asking]) -> HttpResponse:
    """Whoever added it may, and coordinators, as long as the return may be edited. A file goes with it."""
    found = seen(request, return_id)
    try:
        talk.remove_evidence(_one(found, evidence_id), request.user)
    except Refused as refusal:
        return refused_deed(refusal, {})
    return HttpResponse(status=204)


@router.get(
    "/{int:return_id}/evidence/{int:evidence_id}/file/",
    url_name="evidence_file",
    operation_id="evidence_file",
    summary="The file of a piece of evidence",
    openapi_extra={"responses": FILE_ANSWERED},
)
def evidence_file(request: HttpRequest, return_id: int, evidence_id: int, query: Query[Asking]) -> HttpResponse:
    """As it was uploaded; of what kind it is, the evidence says. 404 of a link."""
    document = _one(seen(request, return_id), evidence_id).document
    if document is None:
        raise Http404(_("This is a link."))
    # Where a browser would be sent to log in.
    if not all(each.accept_request(request) for each in document.collection.get_view_restrictions()):
        raise PermissionDenied
    try:
        response: HttpResponse = serve(request, document.pk, document.filename)
    except Http404 as error:  # says where the server keeps its files
        raise Http404(_("The file is not there.")) from error
    if response.status_code == 200:
        response.headers["Content-Type"] = BYTES
    return response


def _rows(found: ChapterReturn) -> Any:
    return found.evidence.select_related("document__collection", "measure", "added_by", "chapter_return__period")


def _one(found: ChapterReturn, key: int) -> Evidence:
    return get_object_or_404(_rows(found), pk=key)


def _measure(found: ChapterReturn, public_id: UUID) -> Measure | None:
    return Measure.objects.filter(chapter=found.chapter_id, public_id=public_id).first()


def _told(request: HttpRequest, found: ChapterReturn, each: Evidence, status: int = 200) -> HttpResponse:
    teller = teller_of(request)
    response = answer(evidence_detail(teller, found, each), teller.language)
    response.status_code = status
    return response


def _unknown_part(name: str) -> dict[str, Any]:
    return {"type": "unknown_parameter", "loc": ["form", name], "msg": _("Unknown part of the form.")}
