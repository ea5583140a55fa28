"""Records: requests for them, what was let go, and what is kept."""

from django.urls import path

from accord.web.records import (
    ask_views,
    confirm_views,
    decide_views,
    family_urls,
    held_views,
    link_views,
    open_views,
    request_views,
    review_views,
    student_views,
    urgent_urls,
)

app_name = "records"
urlpatterns = [
    *family_urls.urlpatterns,
    *urgent_urls.urlpatterns,
    path("", request_views.index, name="list"),
    path("new/", ask_views.new, name="new"),
    path("review/", review_views.review, name="access_review"),
    path("students/", student_views.find, name="find_student"),
    path("students/<uuid:uid>/", student_views.student, name="student"),
    path("students/<uuid:uid>/keep/", student_views.keep, name="keep"),
    path("students/<uuid:uid>/rights/", link_views.propose, name="propose"),
    path("copies/<uuid:uid>/", student_views.copy, name="copy"),
    path("rights/", link_views.index, name="links"),
    path("rights/<uuid:uid>/confirm/", link_views.confirm, name="confirm_link"),
    path("rights/<uuid:uid>/end/", link_views.end, name="end_link"),
    path("on-file/", held_views.index, name="on_file"),
    path("on-file/<uuid:uid>/end/", held_views.end, name="end_paper"),
    path("on-file/<slug:kind>/", held_views.put, name="put"),
    path("<uuid:uid>/", request_views.read, name="read"),
    path("<uuid:uid>/find/", decide_views.find, name="find"),
    path("<uuid:uid>/claims/", confirm_views.confirm, name="confirm"),
    path("<uuid:uid>/decide/", decide_views.decide, name="decide"),
    path("<uuid:uid>/withdraw/", request_views.withdraw, name="withdraw"),
    path("<uuid:uid>/end/", request_views.end, name="end"),
    path("<uuid:uid>/open/<uuid:copy>/", open_views.open_copy, name="open"),
]
