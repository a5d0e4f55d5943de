"""The addresses of the preparation's screens, for the admin."""

from django.urls import URLPattern, path

from plan_pages.editing.preparation import group_views, moderation_views, register_views, request_views, round_views

BASE = "preparation"


def addresses() -> list[URLPattern]:
    rounds, remarks, requests = f"{BASE}/rounds", f"{BASE}/remarks", f"{BASE}/requests"
    return [
        path(f"{BASE}/", group_views.HomeView.as_view(), name="plan_pages_preparation"),
        path(f"{BASE}/groups/", round_views.OverviewView.as_view(), name="plan_pages_preparation_groups"),
        path(f"{rounds}/", round_views.RoundsView.as_view(), name="plan_pages_rounds"),
        path(f"{rounds}/add/", round_views.RoundFormView.as_view(), name="plan_pages_add_round"),
        path(f"{rounds}/<int:pk>/", round_views.RoundView.as_view(), name="plan_pages_round"),
        path(f"{rounds}/<int:pk>/edit/", round_views.RoundFormView.as_view(), name="plan_pages_round_form"),
        path(
            f"{rounds}/<int:pk>/table.xlsx", register_views.WorkbookView.as_view(), name="plan_pages_remarks_workbook"
        ),
        path(f"{rounds}/<int:pk>/submit/", group_views.SubmitView.as_view(), name="plan_pages_submit_remarks"),
        path(
            f"{rounds}/<int:pk>/no-remarks/<int:group>/",
            group_views.NoRemarksView.as_view(),
            name="plan_pages_no_remarks",
        ),
        path(f"{rounds}/<int:round>/remarks/add/", group_views.RemarkFormView.as_view(), name="plan_pages_add_remark"),
        path(f"{remarks}/", register_views.RegisterView.as_view(), name="plan_pages_remarks"),
        path(f"{remarks}/<int:pk>/", register_views.RemarkView.as_view(), name="plan_pages_remark"),
        path(f"{remarks}/citizens/", moderation_views.ModerationView.as_view(), name="plan_pages_moderation"),
        path(
            f"{remarks}/<int:pk>/moderate/", moderation_views.ModerateView.as_view(), name="plan_pages_moderate_remark"
        ),
        path(f"{remarks}/<int:pk>/edit/", group_views.RemarkFormView.as_view(), name="plan_pages_remark_form"),
        path(f"{requests}/", request_views.RequestsView.as_view(), name="plan_pages_requests"),
        path(f"{requests}/add/", request_views.RequestFormView.as_view(), name="plan_pages_add_request"),
        path(f"{requests}/<int:pk>/", request_views.RequestView.as_view(), name="plan_pages_request"),
        path(f"{requests}/<int:pk>/edit/", request_views.RequestFormView.as_view(), name="plan_pages_request_form"),
        path(f"{BASE}/answers/<int:pk>/", request_views.RequestAnswerView.as_view(), name="plan_pages_request_answer"),
    ]
