"""The addresses of the files of reports. A site includes them where it likes, before `wagtail.urls`."""

from django.urls import path

from reports.views import report_file

urlpatterns = [path("<uuid:edition_id>/<str:name>", report_file, name="reports_file")]
