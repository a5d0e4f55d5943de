"""Every address of the site, from the URL conf, with an example of each: the objects are those of working group A."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, CollectionViewRestriction, PageViewRestriction, Site, Task, UploadedFile, Workflow

from cms.models import ContentPage, NewsIndexPage, NewsPage
from plan_pages.choices import MailState, NoticeKind
from plan_pages.citizens.opened import link_token
from plan_pages.comments import RowComment
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.editing.preparation.stale import mark_of
from plan_pages.evidence import Evidence
from plan_pages.letters import Event, Message, tell
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.outbox import OutboxMail
from reports.models.editions import Edition
from tests.factories import chapter_page, home_page, publish
from tests.plan_pages.mails.people import a_person
from tests.plan_pages.preparation.town import CITIZEN, Town
from tests.reports.editing.records import a_record

PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
# Patterns that are regular expressions: what stands for them.
WRITTEN_OUT = {
    r"documents/^(\d+)/(.*)$": "documents/{document_id}/{document_name}",
    r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\."
    r"(?P<revision_id_b>live|latest|\d+)/$": "admin/pages/{page_id}/revisions/compare/earliest...latest/",
    "admin/^.*/$": "admin/no-such-address/",
    "admin/": "admin/",
}
UPLOADS = ("api/v3/documents/", "api/v3/images/", "api/v3/returns/<int:return_id>/evidence/files/")
# One pattern serves all public pages: each of these is an address of its own.
PAGES = r"^((?:[\w\-]+/)*)$"
MEASURES = r"^((?:[\w\-]+/)*measures/[\w.\-]+/)$"
INDICATORS = r"^((?:[\w\-]+/)*indicators/[\w.\-]+/)$"


@dataclass(frozen=True)
class Address:
    """`pattern`: as in the URL conf, the name in the table. `path`: the example that is requested."""

    pattern: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")


def patterns() -> list[str]:
    def walk(resolver: Any, prefix: str) -> Iterator[str]:
        for each in resolver.url_patterns:
            written = prefix + str(each.pattern)
            match each:
                case URLResolver():
                    yield from walk(each, written)
                case URLPattern():
                    yield written

    with translation.override("lt"):
        return list(dict.fromkeys(walk(get_resolver(), "")))


class Examples:
    """A city with something to be found at every address."""

    def __init__(self) -> None:
        self.city = city = Town()
        self.edition: Edition = a_record(city.chapter_a.chapter)
        self.superuser = city.user("superuser")
        root = city.role_a.collection
        self.document = get_document_model().objects.create(
            title="Protokolas", file=ContentFile(b"text", name="protokolas.txt"), collection=root
        )
        self.image = get_image_model().objects.create(title="Nuotrauka", file=get_test_image_file(), collection=root)
        self.uploads = {
            model._meta.model_name: UploadedFile.objects.create(
                for_content_type=ContentType.objects.get_for_model(model),
                file=ContentFile(b"text", name="a.pdf"),
                uploaded_by_user=self.superuser,
            )
            for model in (get_document_model(), get_image_model())
        }
        self.closed_files = CollectionViewRestriction.objects.create(
            collection=city.role_b.collection, restriction_type="password", password="slapta"
        )
        self.redirect = Redirect.objects.create(old_path="/senas", redirect_link="/naujas/")
        self.another_workflow = Workflow.objects.create(name="Kita eiga")
        self.draft = chapter_page(city.plan, live=False, group=city.a, code="3", slug="juodrastis")
        self.restricted = chapter_page(city.plan, group=city.a, code="4", slug="uzdaras")
        self.restriction = PageViewRestriction.objects.create(page=self.restricted, restriction_type="login")
        self.moderated = chapter_page(city.plan, group=city.a, code="5", slug="tvirtinamas")
        self.moderated.save_revision()
        self.workflow_state = self.moderated.get_workflow().start(self.moderated, city.user("editor of A"))
        self.chapter_return = city.chapter_return()
        self.measure = city.chapter_a.chapter.measures.first()
        # In the group's own collection: with a second one, a new document would have to say where it belongs.
        proof = get_document_model().objects.create(
            title="Aktas", file=ContentFile(b"text", name="aktas.txt"), collection=root
        )
        self.evidence = Evidence.objects.create(
            chapter_return=self.chapter_return,
            measure=self.measure,
            document=proof,
            title="Aktas",
            added_by=city.user("editor of A"),
        )
        self.comment = RowComment.objects.create(
            chapter_return=self.chapter_return, measure=self.measure, text="Kada?", author=city.user("editor of A")
        )
        self.next_period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
        self.locked = ReportingPeriod.objects.create(
            plan=city.plan.plan, period="2025-Q4", locked_at="2026-02-01T00:00Z"
        )
        other_period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q3")
        self.submitted = ChapterReturn.objects.create(
            chapter=city.chapter_a.chapter, period=other_period, state="submitted"
        )
        tell([a_person("gavėja")], Event(NoticeKind.REMINDER, "1"), lambda: Message("Priminimas"))
        OutboxMail.objects.filter(notices__isnull=False).update(state=MailState.FAILED)
        self.mail = OutboxMail.objects.get(notices__isnull=False)
        self.draft_remark, self.remark = city.a_draft(), city.a_remark()
        self.answer = city.a_request().answers.get()
        # Of the round that is published there are public pages.
        self.published = city.a_round(closed_at="2026-02-01T00:00Z", published_at="2026-02-01T00:00Z")
        self.consultation = city.a_round(audience="public", asked={"lt": "Ko trūksta?", "en": "What is missing?"})
        self.citizens_remark = city.a_remark(
            round=self.consultation, forget_on="2030-01-01", moderation="waiting", **CITIZEN
        )
        self.unconfirmed = UnconfirmedRemark.objects.create(
            round=self.consultation,
            kind="remark",
            part="plan",
            text="Nepatvirtinta pastaba",
            language="lt",
            person_email="slaptas@example.org",
            expires_at="2100-01-01T00:00Z",
        )
        token, _key = APIToken.create_token(user=self.superuser, name="raktas")
        self.token = token
        news = NewsIndexPage(title="Naujienos", slug="naujienos")
        home_page().add_child(instance=news)
        article = NewsPage(title="Naujiena", slug="naujiena", date=date(2026, 1, 1))
        news.add_child(instance=article)
        content = ContentPage(title="Apie", slug="apie")
        home_page().add_child(instance=content)
        for page in (news, article, content):
            publish(page)
        base = f"{city.plan.slug}/"
        self.pages = {
            "home": "",
            "plan": base,
            "group": f"{base}{city.a.slug}/",
            "chapter": f"{base}{city.chapter_a.slug}/",
            "measure": f"{base}measures/1.1.0/",
            "indicator": f"{base}indicators/R1/",
            "list of chapters": f"{base}chapters/",
            "list of indicators": f"{base}indicators/",
            "list of groups": f"{base}groups/",
            "remarks": f"{base}remarks/",
            "remarks of a round": f"{base}remarks/{self.published.number}/",
            "remarks as a workbook": f"{base}remarks/{self.published.number}/table/",
            "remarks of an open round": f"{base}remarks/{city.round.number}/",
            "consultation": f"{base}remarks/{self.consultation.number}/",
            "consultation, form": f"{base}remarks/{self.consultation.number}/new/",
            "consultation, sent": f"{base}remarks/{self.consultation.number}/sent/",
            "consultation, link of a mail": (
                f"{base}remarks/{self.consultation.number}/confirm/{link_token(self.unconfirmed.public_id)}/"
            ),
            "draft chapter": f"{base}{self.draft.slug}/",
            "restricted chapter": f"{base}{self.restricted.slug}/",
            "news list": "naujienos/",
            "news article": "naujienos/naujiena/",
            "content page": "apie/",
            "no page": "tokio-nera/",
        }

    def addresses(self) -> Iterator[Address]:
        for pattern in patterns():
            if pattern == MEASURES:
                yield Address("page: measure", f"/{self.pages['measure']}")
                yield Address("page in English: measure", f"/en/{self.pages['measure']}")
            elif pattern == INDICATORS:
                yield Address("page: indicator", f"/{self.pages['indicator']}")
                yield Address("page in English: indicator", f"/en/{self.pages['indicator']}")
            elif pattern == PAGES:
                for name, path in self.pages.items():
                    yield Address(f"page: {name}", f"/{path}")
                    yield Address(f"page in English: {name}", f"/en/{path}")
            else:
                yield Address(pattern, self.path(pattern), self.body(pattern))

    def path(self, pattern: str) -> str:
        written = WRITTEN_OUT.get(pattern) or PLACEHOLDER.sub(r"{\1}", pattern.replace("^", "").replace("$", ""))
        values = self.values(pattern) | self.special(pattern)
        return "/" + written.format(**values) + self.query(pattern)

    def values(self, pattern: str) -> dict[str, Any]:
        city = self.city
        page, revision = city.chapter_a, city.chapter_a.latest_revision
        state = self.workflow_state
        return {
            "page_id": page.pk,
            "parent_page_id": city.plan.pk,
            "page_to_move_id": page.pk,
            "destination_id": home_page().pk,
            "revision_id": revision.pk,
            "workflow_state_id": state.pk,
            "task_state_id": state.current_task_state.pk,
            "task_id": state.current_task_state.task.pk,
            "page_pk": city.plan.pk,
            "workflow_pk": state.workflow.pk,
            "action_name": "approve",
            "app_label": "plan_pages",
            "model_name": "chapterpage",
            "content_type_app_name": "plan_pages",
            "content_type_model_name": "chapterpage",
            "app_name": "taggit",
            "object_id": page.pk,
            "session_id": 1,
            "collection_id": city.role_a.collection.pk,
            "redirect_id": self.redirect.pk,
            "document_id": self.document.pk,
            "document_name": self.document.filename,
            "doc_id": self.document.pk,
            "uploaded_file_id": self.uploads["image" if "/images/" in pattern else "document"].pk,
            "image_id": self.image.pk,
            "filter_spec": "width-100",
            "restriction_id": self.closed_files.pk,
            "page_view_restriction_id": self.restriction.pk,
            "uidb64": "MQ",
            "token": "x",
            "type_name": "plan_pages.ChapterPage",
            "type": "wagtailcore.Task",
            "site_id": Site.objects.get().pk,
            "chapter": page.chapter.pk,
            "slug": city.plan.slug,
            "period": self.next_period.pk,
        }

    def special(self, pattern: str) -> dict[str, Any]:
        """Placeholders that mean another object in each section."""
        found: dict[str, dict[str, Any]] = {
            "admin/api/main/^pages/<int:pk>/action/*": {"pk": self.city.chapter_a.pk, "action_name": "delete"},
            "admin/api/main/^pages/*": {"pk": self.city.chapter_a.pk},
            "admin/api/main/^documents/*": {"pk": self.document.pk},
            "admin/api/main/^images/*": {"pk": self.image.pk},
            "admin/bulk/*": {"app_label": "wagtailcore", "model_name": "page", "action": "delete"},
            "admin/pages/workflow/*": {"page_id": self.moderated.pk},
            "admin/pages/<int:page_id>/workflow_history/*": {"page_id": self.moderated.pk},
            "admin/tag-autocomplete/*": {"app_name": "taggit", "model_name": "tag"},
            "admin/collections/*": {"pk": self.city.role_b.collection.pk},
            "admin/workflows/tasks/add/*": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
            "admin/workflows/tasks/*": {"pk": Task.objects.order_by("pk").last().pk},
            "admin/workflows/*": {"pk": self.another_workflow.pk},
            "admin/monitoring/start/*": {},
            "admin/monitoring/approve/*": {"pk": self.submitted.pk},
            "admin/monitoring/mails/*": {"pk": self.mail.pk},
            "admin/monitoring/deputies/*": {"pk": self.city.user("editor of A").pk},
            "admin/monitoring/returns/*": {"pk": self.chapter_return.pk, "row": f"measure-{self.measure.pk}"},
            "admin/monitoring/periods/<int:pk>/reopen/": {"pk": self.locked.pk},
            "admin/monitoring/periods/*": {"pk": self.next_period.pk},
            "admin/monitoring/roles/*": {"pk": self.city.a.pk},
            "admin/chapters/*": {"pk": self.city.chapter_a.pk},
            "admin/preparation/rounds/<int:round>/*": {"round": self.city.round.pk},
            "admin/preparation/rounds/*": {
                "pk": self.city.round.pk,
                "group": self.city.a.pk,
                "language": "lt",
                "ending": "pdf",
            },
            "admin/preparation/remarks/<int:pk>/edit/": {"pk": self.draft_remark.pk},
            "admin/preparation/remarks/<int:pk>/moderate/": {"pk": self.citizens_remark.pk},
            "admin/preparation/remarks/*": {"pk": self.remark.pk},
            "admin/preparation/requests/*": {"pk": self.answer.request_id},
            "admin/preparation/answers/*": {"pk": self.answer.pk},
            "admin/plan-reports/schedules/*": {"pk": self.edition.job.schedule.pk},
            "admin/plan-reports/try-again/*": {"pk": self.edition.job.pk},
            "admin/plan-reports/*": {"pk": self.edition.pk, "delivery_pk": self.edition.deliveries.get().pk},
            "report-files/remarks/*": {"public_id": self.published.public_id, "language": "lt", "ending": "pdf"},
            "report-files/*": {"edition_id": self.edition.public_id, "name": "data.json"},
            "open-data/catalogue.*": {"ending": "ttl"},
            "open-data/*": {"slug": self.city.plan.slug, "key": "measures", "ending": "csv"},
            "admin/sites/*": {"pk": Site.objects.get().pk},
            "admin/users/*": {"pk": self.city.user("nobody").pk},
            "admin/groups/*": {"pk": Group.objects.order_by("pk").first().pk},
            "admin/api-tokens/*": {"pk": self.token.pk},
            "admin/documents/*": {"pk": self.document.pk},
            "admin/images/*": {"pk": self.image.pk},
            "api/v3/snippets/*": {"pk": 1},
            "api/v3/plans/<slug>/chapters/*": {"public_id": self.city.chapter_a.chapter.public_id},
            "api/v3/plans/<slug>/goals/*": {"public_id": self.measure.task.goal.public_id},
            "api/v3/plans/<slug>/tasks/*": {"public_id": self.measure.task.public_id},
            "api/v3/plans/<slug>/measures/*": {"public_id": self.measure.public_id},
            "api/v3/plans/<slug>/indicators/*": {"public_id": self.measure.indicators.get().public_id},
            "api/v3/plans/<slug>/groups/*": {"code": self.city.a.code},
            "api/v3/plans/<slug>/consultations/*": {"number": self.consultation.number},
            "api/v3/reports/*": {"public_id": self.edition.public_id},
            "api/v3/plans/<slug>/periods/*": {"period": self.next_period.period, "name": "lock"},
            "api/v3/schema/blocks/*": {"name": "plan_pages.ChapterPage.goals"},
            "api/v3/pages/<int:page_id>/transitions/*": {"name": "submit"},
            "api/v3/returns/<int:return_id>/comments/*": {
                "return_id": self.chapter_return.pk,
                "comment_id": self.comment.pk,
                "name": "settle",
            },
            "api/v3/returns/*": {
                "return_id": self.chapter_return.pk,
                "measure": self.measure.public_id,
                "indicator": self.city.chapter_a.chapter.indicators.get().public_id,
                "year": 2026,
                "fund": "SB",
                "name": "submit",
                "evidence_id": self.evidence.pk,
            },
        }
        return next((values for glob, values in found.items() if fnmatchcase(pattern, glob)), {})

    def query(self, pattern: str) -> str:
        if pattern.startswith("admin/bulk/"):
            return f"?id={self.city.chapter_a.pk}"
        if pattern == "api/v3/pages/find/":
            return f"?id={self.city.chapter_a.pk}"
        if pattern == "api/v3/search/":
            return "?q=1.1"
        return ""

    def body(self, pattern: str) -> dict[str, Any]:
        """What is sent to change something: right in itself, so that only the sender's rights can refuse it."""
        city = self.city
        kind = {"type": "plan_pages.ChapterPage"}
        empty_stream = {"goals-count": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
        bodies: dict[str, dict[str, Any]] = {
            "api/v3/pages/": {
                "meta": {**kind, "parent_id": city.plan.pk},
                "title": "Naujas",
                "slug": "naujas",
                "code": "9",
            },
            "api/v3/pages/<page_id>/": {"meta": kind, "title": "Kitas pavadinimas"},
            "api/v3/pages/<page_id>/actions/move/": {"destination_id": city.plan.pk, "position": "last-child"},
            "api/v3/pages/<page_id>/actions/revert/": {"revision_id": city.chapter_a.latest_revision.pk},
            "api/v3/pages/<page_id>/actions/copy_for_translation/": {"locale": "en"},
            "api/v3/sites/*": {"hostname": "kitas.example", "port": 80, "root_page_id": city.plan.pk},
            "api/v3/redirects/*": {"old_path": "/is", "redirect_link": "/i/"},
            "admin/choose-external-link/": {"external-link-chooser-url": "https://www.kaunas.lt/"},
            "api/v3/documents/": {"title": "Kitas"},
            "api/v3/returns/": {"chapter": str(city.chapter_a.chapter.public_id), "period": "2026-Q2"},
            "api/v3/returns/<int:return_id>/entries/*": {"base": "", "status": "on_track"},
            "api/v3/returns/<int:return_id>/values/*": {"base": "", "actual": "5"},
            "api/v3/returns/<int:return_id>/money/*": {"planned": "5"},
            "api/v3/returns/<int:return_id>/comments/": {"measure": str(self.measure.public_id), "text": "Kada?"},
            "api/v3/returns/<int:return_id>/evidence/files/": {"measure": str(self.measure.public_id)},
            "api/v3/returns/<int:return_id>/evidence/links/": {
                "measure": str(self.measure.public_id),
                "url": "https://www.kaunas.lt/aktas",
            },
            "api/v3/plans/<slug>/periods/": {"period": "2027-Q1"},
            "api/v3/plans/<slug>/periods/<period>/": {"due": "2026-07-20"},
            "api/v3/images/": {"title": "Kita"},
            "admin/monitoring/returns/<int:pk>/": {"deed": "record"},
            "admin/monitoring/returns/<int:pk>/talk/*": {"deed": "comment", "text": "Kada bus užbaigta?"},
            "admin/monitoring/periods/<int:pk>/reopen/": {"reason": "Klaida"},
            "admin/plan-reports/<int:pk>/correct/": {"reason": "Klaida"},
            "admin/preparation/rounds/<int:pk>/submit/": {"remark": self.draft_remark.pk},
            "admin/preparation/rounds/<int:pk>/": {"deed": "close"},
            "admin/preparation/rounds/<int:round>/remarks/add/": {"deed": "save"},
            "admin/preparation/remarks/<int:pk>/edit/": {"deed": "save"},
            "admin/preparation/remarks/<int:pk>/moderate/": {
                "deed": "show",
                "text": "Pastaba",
                "seen": mark_of(self.citizens_remark),
            },
            "admin/preparation/remarks/<int:pk>/": {"deed": "answer"},
            "admin/preparation/answers/<int:pk>/": {"deed": "save", "text": "Taip", "seen": mark_of(self.answer)},
            "admin/plan-reports/schedules/<int:pk>/*": {"period": "2025-Q4"},
            "admin/pages/workflow/action/*": {"next": "/admin/pages/"},
            "admin/pages/<int:page_id>/edit/*": empty_stream,
            "admin/pages/add/*": empty_stream,
            "admin/pages/*/revert/": empty_stream,
            "admin/pages/<int:page_id>/copy/": {
                "new_title": "Kopija",
                "new_slug": "kopija",
                "new_parent_page": city.plan.pk,
            },
        }
        return next((body for glob, body in bodies.items() if fnmatchcase(pattern, glob)), {})


def send(client: Any, method: str, address: Address, headers: dict[str, str]) -> Any:
    request = getattr(client, method.lower())
    if address.pattern in UPLOADS and method == "POST":
        name = "a.png" if "images" in address.pattern else "a.txt"
        file = get_test_image_file(name) if name.endswith("png") else ContentFile(b"text", name=name)
        return request(address.path, {**address.body, "file": file}, headers=headers)
    if address.is_api:
        data = None if method == "GET" else json.dumps(address.body)
        return request(address.path, data, content_type="application/json", headers=headers)
    return request(address.path, address.body) if method == "POST" else request(address.path)
