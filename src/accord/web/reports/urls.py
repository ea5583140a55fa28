"""Board reports: the list, drafting, reading, files."""

from django.urls import path

from accord.web.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.editions, name="list"),
    path("draft/", views.draft, name="draft"),
    path("<slug:slug>/", views.read, name="read"),
    path("<slug:slug>.json", views.whole, name="json"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
    path("<slug:slug>/discard/", views.discard, name="discard"),
    path("<slug:slug>/<slug:table>.csv", views.table_csv, name="table_csv"),
]
