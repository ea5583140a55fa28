"""Addresses of emergencies, of courts' papers, and of a family's request to see the record."""

from django.urls import path

from accord.web.records import access_views, emergency_views, paper_views

urlpatterns = [
    path("emergency/", emergency_views.index, name="emergencies"),
    path("emergency/new/", emergency_views.find, name="find_emergency"),
    path("emergency/new/<uuid:uid>/", emergency_views.determine, name="determine"),
    path("emergency/<uuid:uid>/", emergency_views.read, name="emergency"),
    path("family/access/", access_views.ask, name="family_access"),
    path("<uuid:uid>/paper/", paper_views.paper, name="paper"),
    path("<uuid:uid>/paper/scan/", paper_views.scan, name="paper_scan"),
]
