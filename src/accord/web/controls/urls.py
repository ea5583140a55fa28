"""The front page is the policy; each obligation has a page with its evidence."""

from django.urls import path

from accord.web.controls import views

app_name = "controls"
urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("controls/", views.index, name="index"),
    path("controls/program/", views.program, name="program"),
    path("controls/<str:obligation_id>/", views.detail, name="detail"),
    path("controls/<str:obligation_id>/evidence/", views.add_evidence, name="add_evidence"),
    path("controls/<str:obligation_id>/evidence/<uuid:uid>/withdraw/", views.withdraw, name="withdraw_evidence"),
]
