"""Tasks, and the calendar that school days are told by."""

from django.urls import path

from accord.web.duties import calendar_views, views

app_name = "duties"
urlpatterns = [
    path("", views.index, name="list"),
    path("calendar/", calendar_views.index, name="calendar"),
    path("calendar/day/", calendar_views.set_day, name="set_day"),
    path("calendar/remove/", calendar_views.remove_day, name="remove_day"),
    path("calendar/import/", calendar_views.bring_in, name="import_calendar"),
    path("<uuid:uid>/", views.read, name="read"),
    path("<uuid:uid>/done/", views.complete, name="complete"),
    path("<uuid:uid>/reopen/", views.reopen, name="reopen"),
]
