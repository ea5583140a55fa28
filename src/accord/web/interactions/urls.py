"""Contacts and enrollment."""

from django.urls import path

from accord.web.interactions import (
    correct_views,
    draft_views,
    enrollment_count_views,
    enrollment_views,
    entry_views,
    favorite_views,
    link_views,
    list_views,
    officer_views,
    quick_views,
    read_views,
    times_views,
)

app_name = "interactions"
urlpatterns = [
    path("", list_views.index, name="list"),
    path("views/save/", list_views.save_view, name="save_view"),
    path("views/remove/", list_views.remove_view, name="remove_view"),
    path("new/", entry_views.new, name="new"),
    path("quick/", quick_views.enter, name="quick"),
    path("favorites/", favorite_views.index, name="favorites"),
    path("favorites/save/", favorite_views.save, name="save_favorite"),
    path("favorites/remove/", favorite_views.remove, name="remove_favorite"),
    path("times/", times_views.index, name="times"),
    path("drafts/save/", draft_views.save, name="save_draft"),
    path("drafts/discard/", draft_views.discard, name="discard_draft"),
    path("officers/", officer_views.index, name="officers"),
    path("officers/<uuid:uid>/", officer_views.officer, name="officer"),
    path("enrollment/", enrollment_views.index, name="enrollment"),
    path("enrollment/count/", enrollment_count_views.count, name="count_enrollment"),
    path("enrollment/import/", enrollment_views.bring_in, name="import_enrollment"),
    path("<uuid:uid>/", read_views.read, name="read"),
    path("<uuid:uid>/correct/", correct_views.correct, name="correct"),
    path("<uuid:uid>/students/", link_views.students, name="students"),
    path("<uuid:uid>/review/", read_views.review, name="review"),
]
