"""Sign-in, accounts, roles, schools, and the page of permissions."""

from django.urls import path

from accord.web.people import session_views, views

app_name = "people"
urlpatterns = [
    path("sign-in/", session_views.sign_in, name="sign_in"),
    path("sign-in/as/", session_views.sign_in_as, name="sign_in_as"),
    path("sign-out/", session_views.sign_out, name="sign_out"),
    path("password/", session_views.password, name="password"),
    path("permissions/", views.permissions, name="permissions"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/open/", views.open_account, name="open"),
    path("accounts/<uuid:uid>/", views.account, name="account"),
    path("accounts/<uuid:uid>/close/", views.close, name="close"),
    path("accounts/<uuid:uid>/reopen/", views.reopen, name="reopen"),
    path("accounts/<uuid:uid>/password/", views.reset, name="reset"),
    path("accounts/<uuid:uid>/roles/", views.grant, name="grant"),
    path("accounts/<uuid:uid>/roles/<int:grant_id>/end/", views.end, name="end"),
    path("accounts/<uuid:uid>/roles/<int:grant_id>/agency/", views.file_agency, name="agency"),
    path("schools/", views.school_list, name="schools"),
    path("schools/<str:cds>/close/", views.close_school, name="close_school"),
    path("schools/<str:cds>/reopen/", views.reopen_school, name="reopen_school"),
]
