"""The front page is the policy."""

from django.urls import path

from accord.web.controls import views

app_name = "controls"
urlpatterns = [path("", views.front_page, name="front_page")]
