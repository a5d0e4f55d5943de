"""The public addresses that Wagtail's own pattern lacks: of measures and indicators, for their codes have dots
(`…/measures/1.1.1.1/`).

A site includes these before `wagtail.urls`. Wagtail serves them as it serves every page: restrictions hold here too.

`search_patterns`: the search, which a site includes where it likes, among the addresses that have a language.
"""

from django.urls import path, re_path
from wagtail import views

from plan_pages.search_page import search_page, suggestions

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*measures/[\w.\-]+/)$", views.serve, name="plan_pages_measure"),
    re_path(r"^((?:[\w\-]+/)*indicators/[\w.\-]+/)$", views.serve, name="plan_pages_indicator"),
]
search_patterns = [
    path("", search_page, name="plan_pages_search"),
    path("suggest/", suggestions, name="plan_pages_suggestions"),
]
