"""Contacts and enrollment."""

from django.urls import path

from accord.web.interactions import enrollment_views, list_views, views

app_name = "interactions"
urlpatterns = [
    path("", list_views.index, name="list"),
    path("views/save/", list_views.save_view, name="save_view"),
    path("views/remove/", list_views.remove_view, name="remove_view"),
    path("new/", views.new, name="new"),
    path("drafts/discard/", views.discard_draft, name="discard_draft"),
    path("enrollment/", enrollment_views.index, name="enrollment"),
    path("enrollment/import/", enrollment_views.bring_in, name="import_enrollment"),
    path("<uuid:uid>/", views.read, name="read"),
    path("<uuid:uid>/correct/", views.correct, name="correct"),
    path("<uuid:uid>/review/", views.review, name="review"),
]
