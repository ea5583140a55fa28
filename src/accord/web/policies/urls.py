"""Versions of the policies: bring in, compare, bind, put in force."""

from django.urls import path

from accord.web.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.versions, name="list"),
    path("import/", views.bring_in, name="import"),
    path("<int:version_id>/", views.version, name="version"),
    path("<int:version_id>/bind/", views.bind, name="bind"),
    path("<int:version_id>/confirm/", views.confirm_all, name="confirm_all"),
    path("<int:version_id>/in-force/", views.put_in_force, name="put_in_force"),
    path("<int:old_id>/to/<int:new_id>/", views.diff, name="diff"),
]
