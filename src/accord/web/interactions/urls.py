"""Contacts and enrollment."""

from django.urls import path

from accord.web.interactions import enrollment_views, views

app_name = "interactions"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("enrollment/", enrollment_views.index, name="enrollment"),
    path("enrollment/import/", enrollment_views.bring_in, name="import_enrollment"),
    path("<uuid:uid>/", views.read, name="read"),
    path("<uuid:uid>/correct/", views.correct, name="correct"),
    path("<uuid:uid>/review/", views.review, name="review"),
]
