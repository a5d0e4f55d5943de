"""What changed in a plan, as an Atom feed (RFC 4287): each approved return of a chapter with what it changed, and the
amendments of the plan. Knows no clock: what was said of a period is said as of its last day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages import formats
from plan_pages.domain import changes, progress
from plan_pages.domain.changes import Changes, MeasureChange
from plan_pages.domain.plan import Plan
from plan_pages.reading.approvals import Approved

TYPE = "application/atom+xml; charset=utf-8"
MOST = 40


@dataclass(frozen=True, slots=True)
class News:
    """`key`: what it is about, the same however often it is told."""

    key: str
    moment: datetime
    title: str
    address: str
    told: SafeString


class _Feed(Atom1Feed):
    """Updated when its last entry was; Django asks the clock where there is none."""

    def latest_post_date(self) -> datetime:
        moment: datetime = max((each["updateddate"] for each in self.items), default=self.feed["since"])
        return moment


def feed(plan: Plan, returns: Sequence[Approved], language: str, address: str) -> str:
    """`address`: of the feed itself."""
    with translation.override(language):
        found = sorted(
            [*_amendments(plan, language), *_reported(plan, returns, language)], key=lambda each: each.moment
        )
        owner = plan.owner.best(language) or plan.title.best(language)
        written = _Feed(
            title=_("Changes of the plan: %(plan)s") % {"plan": plan.title.best(language)},
            link=plan.address.best(language),
            description=None,
            language=language,
            author_name=owner,
            feed_url=address,
            feed_guid=_urn(f"{plan.id} {language}"),
            since=_midnight(plan.data_date or plan.start),
        )
        for each in reversed(found[-MOST:]):
            written.add_item(
                title=each.title,
                link=each.address,
                description=each.told,
                unique_id=_urn(f"{plan.id} {each.key} {language}"),
                updateddate=each.moment,
            )
        return str(written.writeString("utf-8"))


def _amendments(plan: Plan, language: str) -> Iterator[News]:
    base = plan.address.best(language)
    for each in plan.amendments:
        if each.date:
            number = _("No. %(number)s") % {"number": each.number} if each.number else ""
            title = " ".join(part for part in (_("Amendment of the plan"), number) if part)
            told = format_html("<p>{}</p>", each.title.best(language))
            yield News(f"amendment {each.date} {each.number}", _midnight(each.date), title, f"{base}#approval", told)


def _reported(plan: Plan, returns: Sequence[Approved], language: str) -> Iterator[News]:
    for each in returns:
        chapter, period = each.chapter, each.period
        alone = replace(plan, chapters=(chapter,))
        before = progress.of_plan(alone, period.previous().last_day)
        changed = changes.between(before, progress.of_plan(alone, period.last_day))
        title = _("%(code)s. %(chapter)s: %(period)s reported") % {
            "code": chapter.code,
            "chapter": chapter.title.best(language),
            "period": formats.period(period, language, short=True),
        }
        address = chapter.address.best(language) or plan.address.best(language)
        yield News(f"{chapter.id} {period}", each.moment, title, address, _told(plan, changed, language))


def _told(plan: Plan, changed: Changes, language: str) -> SafeString:
    parts = []
    for each in changed.chapters:
        was, now = (side.percent if side else None for side in (each.before, each.after))
        if was is not None and now is not None:
            shown = {"before": formats.percent(was, language), "after": formats.percent(now, language)}
            parts.append(format_html("<p>{}</p>", _("Progress: %(before)s → %(after)s.") % shown))
        elif now is not None:
            parts.append(format_html("<p>{}</p>", _("Progress: %(now)s.") % {"now": formats.percent(now, language)}))
    lines = [_line(plan, each, language) for each in changed.measures if each.state_changed or each.deadline]
    gone = pgettext("a measure since the last period", "taken out of the plan")
    lines += [(_link(plan, each, language), gone) for each in changed.retired]
    if lines:
        parts.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines)))
    elif changed.measures or not parts:
        parts.append(format_html("<p>{}</p>", _("No measure changed its status or deadline.")))
    return format_html_join("", "{}", ((part,) for part in parts))


def _line(plan: Plan, each: MeasureChange, language: str) -> tuple[SafeString, str]:
    said = [each.after.standing.state.label]
    if each.state_changed:
        said = [f"{each.before.standing.state.label} → {each.after.standing.state.label}"]
    if each.deadline:
        was, became = (
            formats.day(day, language, short=True) if day else "–" for day in (each.deadline.was, each.deadline.became)
        )
        said.append(_("deadline %(was)s → %(became)s") % {"was": was, "became": became})
    return _link(plan, each.after, language), "; ".join(said)


def _link(plan: Plan, each: progress.MeasureProgress, language: str) -> SafeString:
    measure = each.measure
    words = f"{measure.code} {measure.title.best(language)}"
    if measure.retired is None:
        address = plan.measure_address(measure, language)
    else:
        address = f"{plan.address.best(language)}id/{measure.id}/"
    return format_html('<a href="{}">{}</a>', address, words)


def _urn(key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, key)}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
