"""The public addresses that Wagtail's own pattern lacks: of measures and indicators, for their codes have dots
(`…/measures/1.1.1.1/`).

A site includes these before `wagtail.urls`. Wagtail serves them as it serves every page: restrictions hold here too.
"""

from django.urls import re_path
from wagtail import views

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*measures/[\w.\-]+/)$", views.serve, name="plan_pages_measure"),
    re_path(r"^((?:[\w\-]+/)*indicators/[\w.\-]+/)$", views.serve, name="plan_pages_indicator"),
]
