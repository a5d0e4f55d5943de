from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from plan_pages import urls as plan_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("report-files/", include("reports.urls")),
    path("api/v3/", include("plan_pages.api.urls")),
    path("search/", include(plan_urls.search_patterns)),
    path("open-data/", include(plan_urls.open_data_patterns)),
    path("", include(plan_urls)),
    path("", include(wagtail_urls)),
]
