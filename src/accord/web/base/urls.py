"""Language and the pages that print the rules."""

from django.urls import path

from accord.web.base import views

app_name = "base"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:topic>/", views.topic, name="topic"),
]
