from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from plan_pages import urls as plan_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("report-files/", include("reports.urls")),
    path("search/", include(plan_urls.search_patterns)),
    path("", include(plan_urls)),
    path("", include(wagtail_urls)),
]
