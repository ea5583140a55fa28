"""The history of acts."""

from django.urls import path

from accord.web.audit import views

app_name = "audit"
urlpatterns = [path("", views.events, name="events")]
