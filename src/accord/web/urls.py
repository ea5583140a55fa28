"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("", include("accord.web.base.urls")),
    path("", include("accord.web.controls.urls")),
    path("policies/", include("accord.web.policies.urls")),
    path("interactions/", include("accord.web.interactions.urls")),
    path("immigration/", include("accord.web.immigration.urls")),
    path("records/", include("accord.web.records.urls")),
    path("duties/", include("accord.web.duties.urls")),
    path("reports/", include("accord.web.reports.urls")),
    path("students/", include("accord.web.students.urls")),
    path("people/", include("accord.web.people.urls")),
    path("history/", include("accord.web.audit.urls")),
]

handler400 = "accord.web.base.views.bad_request"
handler403 = "accord.web.base.views.forbidden"
handler404 = "accord.web.base.views.not_found"
handler500 = "accord.web.base.views.server_error"
