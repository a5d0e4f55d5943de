"""Every address of the site: the admin and the API without a language, the public pages with one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.sitemap import robots, sitemap
from cms.views import ReaderSettingsView, site_map
from plan_pages import urls as plan_pages_urls
from reports import urls as reports_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("report-files/", include("reports.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v3/", include("plan_pages.api.urls")),
    path("robots.txt", robots),
    # Where the workbook lay before; links to it are about.
    path("plan-files/<slug:slug>.xlsx", RedirectView.as_view(pattern_name="open_data_workbook", permanent=True)),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path("sitemap.xml", sitemap, name="sitemap"),
    path("site-map/", site_map, name="site_map"),
    path("reader-settings/", ReaderSettingsView.as_view(), name="reader_settings"),
    path("reports/", include(reports_urls.archive_patterns)),
    path("search/", include(plan_pages_urls.search_patterns)),
    path("open-data/", include(plan_pages_urls.open_data_patterns)),
    path("", include(plan_pages_urls)),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler500 = "cms.views.server_error"
