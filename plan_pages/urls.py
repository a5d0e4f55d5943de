"""The public addresses that Wagtail's own pattern lacks: of measures and indicators, for their codes have dots
(`…/measures/1.1.1.1/`).

A site includes these before `wagtail.urls`. Wagtail serves them as it serves every page: restrictions hold here too.

`search_patterns`: the search, `open_data_patterns`: the plan as data. A site includes them where it likes, among the
addresses that have a language.
"""

from django.urls import path, re_path
from wagtail import views

from plan_pages.api.wanted import or_led_to
from plan_pages.exchange import workbook
from plan_pages.open_data import urls as open_data
from plan_pages.open_data.views import plan_workbook
from plan_pages.search_page import search_page, suggestions

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*measures/[\w.\-]+/)$", views.serve, name="plan_pages_measure"),
    re_path(r"^((?:[\w\-]+/)*indicators/[\w.\-]+/)$", views.serve, name="plan_pages_indicator"),
]
search_patterns = [
    path("", or_led_to("search", search_page), name="plan_pages_search"),
    path("suggest/", suggestions, name="plan_pages_suggestions"),
]
open_data_patterns = [
    path("<slug:slug>.xlsx", plan_workbook, {"write": workbook.write_as_sent}, name="open_data_workbook"),
    *open_data.urlpatterns,
]
