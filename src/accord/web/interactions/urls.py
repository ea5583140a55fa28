"""Contacts and enrollment."""

from django.urls import path

from accord.web.interactions import correct_views, enrollment_views, entry_views, list_views, read_views

app_name = "interactions"
urlpatterns = [
    path("", list_views.index, name="list"),
    path("views/save/", list_views.save_view, name="save_view"),
    path("views/remove/", list_views.remove_view, name="remove_view"),
    path("new/", entry_views.new, name="new"),
    path("drafts/discard/", entry_views.discard_draft, name="discard_draft"),
    path("enrollment/", enrollment_views.index, name="enrollment"),
    path("enrollment/import/", enrollment_views.bring_in, name="import_enrollment"),
    path("<uuid:uid>/", read_views.read, name="read"),
    path("<uuid:uid>/correct/", correct_views.correct, name="correct"),
    path("<uuid:uid>/review/", read_views.review, name="review"),
]
