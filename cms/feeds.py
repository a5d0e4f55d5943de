"""The feed of news: RSS in the language of its address, whole or of one chapter."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from plan_pages.domain.plan import Text
from plan_pages.languages import field_texts

MOST = 30


def news_feed(page: Any, articles: Iterable[Any], request: HttpRequest) -> HttpResponse:
    """`page`: the list of news, `articles`: the newest first. One that the language lacks is given in the default one."""
    language = get_language() or settings.LANGUAGE_CODE
    title = Text.of(page.heading_texts).best(language)
    feed = Rss201rev2Feed(
        title=title,
        link=page.get_full_url(request),
        description=Text.of(field_texts(page, "intro")).best(language) or title,  # the standard wants one
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for article in articles:
        address = article.get_full_url(request)
        feed.add_item(
            title=Text.of(article.heading_texts).best(language),
            link=address,
            description=Text.of(field_texts(article, "intro")).best(language),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=timezone.make_aware(datetime.combine(article.date, time.min)),
            categories=[f"{chapter.code}. {chapter.title}" for chapter in article.chapters.all()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
