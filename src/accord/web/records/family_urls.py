"""Addresses of the family's page, of consents and of the log."""

from django.urls import path

from accord.web.records import consent_list_views, consent_paper_views, consent_views, family_views, log_views

urlpatterns = [
    path("family/", family_views.index, name="family"),
    path("consents/", consent_list_views.index, name="consents"),
    path("consents/new/", consent_views.new, name="new_consent"),
    path("consents/of/<uuid:uid>/", consent_list_views.of_student, name="consents_of"),
    path("consents/paper/<uuid:uid>/", consent_paper_views.new, name="paper_consent"),
    path("consents/<uuid:uid>/", consent_views.read, name="consent"),
    path("consents/<uuid:uid>/revoke/", consent_views.revoke, name="revoke"),
    path("consents/<uuid:uid>/scan/", consent_paper_views.scan, name="consent_scan"),
    path("log/<uuid:uid>/", log_views.read, name="log"),
    path("log/<uuid:uid>/export/", log_views.export, name="export_log"),
]
