"""The addresses of the files of reports, and of the page of the archive. A site includes them where it likes, before
`wagtail.urls`; the page among those that have a language.
"""

from django.urls import path

from plan_pages.api.wanted import or_led_to
from reports.archive_page import archive_page
from reports.remark_views import remark_table
from reports.views import report_file

urlpatterns = [
    path("remarks/<uuid:public_id>/<slug:language>.<slug:ending>", remark_table, name="reports_public_remark_table"),
    path("<uuid:edition_id>/<str:name>", report_file, name="reports_file"),
]
archive_patterns = [path("", or_led_to("reports_list", archive_page), name="reports_archive")]
