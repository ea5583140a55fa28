"""Sign-in, accounts, roles, and the page of permissions."""

from django.urls import path

from accord.web.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/as/", views.sign_in_as, name="sign_in_as"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("permissions/", views.permissions, name="permissions"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/open/", views.open_account, name="open"),
    path("accounts/<uuid:uid>/", views.account, name="account"),
    path("accounts/<uuid:uid>/close/", views.close, name="close"),
    path("accounts/<uuid:uid>/reopen/", views.reopen, name="reopen"),
    path("accounts/<uuid:uid>/roles/", views.grant, name="grant"),
    path("accounts/<uuid:uid>/roles/<int:grant_id>/end/", views.end, name="end"),
]
