"""The addresses of open data. A site includes them where it likes, among those that have a language, before `wagtail.urls`:
`plan_pages.urls.open_data_patterns`, which has the plan's workbook too.
"""

from django.urls import path

from plan_pages.open_data import views

urlpatterns = [
    path("", views.page, name="open_data"),
    path("catalogue", views.any_catalogue, name="open_data_catalogue"),
    path("catalogue.<slug:ending>", views.catalogue_file, name="open_data_catalogue_file"),
    path("plan.schema.json", views.schema_file, name="open_data_schema"),
    path("<slug:slug>.json", views.plan_file, name="open_data_plan"),
    path("<slug:slug>.ics", views.calendar_file, name="open_data_calendar"),
    path("<slug:slug>.atom", views.feed_file, name="open_data_feed"),
    path("<slug:slug>/<slug:key>.<slug:ending>", views.table_file, name="open_data_table"),
]
