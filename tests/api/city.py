"""A small city for strangers to ask about: its pages, a plan that is reported, and the people who send tokens."""

from django.core.files.base import ContentFile
from wagtail.models import APIToken, Page, Revision, Site

from plan_pages.editing.talk import add_document, add_link, comment
from plan_pages.exchange.store import store
from plan_pages.pages.group import GroupPage
from plan_pages.register import Chapter, Goal, Indicator, Measure, Plan, Task
from tests.factories import home_page
from tests.plan_pages.preparation.town import CITIZEN, Town
from tests.plans import large_plan
from tests.roles import City

WHO = ("anonymous", "editor of A", "coordinator")


def token_for(city: City, who: str) -> str:
    """The key that this person sends; none of anonymous."""
    if who == "anonymous":
        return ""
    _token, key = APIToken.create_token(user=city.user(who), name="test")
    return key


class AskedCity(Town):
    """With a return that is being written, remarks of a closed round and of an open consultation, and a second plan that
    has indicators, money and two years of approved progress."""

    def __init__(self) -> None:
        super().__init__()
        self.returned = self.chapter_return()
        about, editor = (self.returned, self.chapter_a.chapter.measures.get(code="1.1.0")), self.user("editor of A")
        self.evidence = [
            add_document(*about, editor, ContentFile(b"%PDF-1.7", name="aktas.pdf")),
            add_link(*about, editor, "https://www.kaunas.lt/aktas"),
        ]
        self.comment = comment(*about, editor, "Kada bus užbaigta?")
        self.a_remark(answer="partly", reason="Pratęsta metais", wording="Iki 2027 m.")
        self.publish()
        public = self.a_round(audience="public", asked={"lt": "Ko trūksta?", "en": "What is missing?"})
        self.a_remark(text="Daugiau medžių", round=public, forget_on="2030-01-01", moderation="shown", **CITIZEN)
        self.reported: Plan = store(large_plan(measures=12, chapters=2), "planas", home_page()).page.plan

    def there(self) -> dict[str, list[int | str]]:
        """What is there, by the places and names that parameters have for it."""
        levels = (Chapter, Goal, Task, Measure, Indicator)
        known = [str(row.public_id) for level in levels for row in level.objects.order_by("pk")[:4]]
        periods = list(self.reported.periods.order_by("pk").values_list("period", flat=True))
        deeds = [
            "submit",
            "send_back",
            "approve",
            "publish",
            "unpublish",
            "cancel",
            "lock",
            "plan_pages.ChapterPage.goals",
        ]
        return {
            "path.page_id": list(Page.objects.filter(depth__gt=1).values_list("pk", flat=True)),
            "path.revision_id": list(Revision.objects.values_list("pk", flat=True)[:20]),
            "path.site_id": list(Site.objects.values_list("pk", flat=True)),
            "path.type_name": ["plan_pages.ChapterPage", "plan_pages.PlanPage"],
            "path.slug": [str(self.plan.slug), "planas"],
            "path.public_id": known,
            "path.measure": [str(self.measure.public_id)],
            "path.indicator": [str(row.public_id) for row in self.chapter_a.chapter.indicators.all()],
            "path.code": list(GroupPage.objects.values_list("code", flat=True)),
            "path.number": [1, 2],
            "path.period": periods,
            "path.return_id": [self.returned.pk],
            "path.evidence_id": [each.pk for each in self.evidence],
            "path.comment_id": [self.comment.pk],
            "path.fund": ["SB"],
            "path.year": [2026],
            "path.name": deeds,
            "query.period": periods,
            "query.lang": ["lt", "en"],
            "query.chapter": list(Chapter.objects.values_list("code", flat=True)),
            "query.goal": list(Goal.objects.order_by("pk").values_list("code", flat=True)[:4]),
            "query.task": list(Task.objects.order_by("pk").values_list("code", flat=True)[:4]),
            "query.measure": [str(self.measure.public_id)],
            "query.indicator": ["R1", *(str(row.public_id) for row in self.chapter_a.chapter.indicators.all())],
            "query.plan": [str(self.plan.slug), "planas"],
        }
