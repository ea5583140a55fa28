"""Students."""

from django.urls import path

from accord.web.students import import_views, views

app_name = "students"
urlpatterns = [
    path("", views.index, name="list"),
    path("import/", import_views.bring_in, name="import"),
]
