"""What to do now, the register, what the Board is told, and what officers sign."""

from django.urls import path

from accord.web.immigration import board_views, entry_views, now_views, review_views, sign_views

app_name = "immigration"
urlpatterns = [
    path("now/", now_views.now, name="now"),
    path("", entry_views.index, name="list"),
    path("board/", board_views.board, name="board"),
    path("board.csv", board_views.board_csv, name="board_csv"),
    path("whom-to-call/", board_views.call, name="whom_to_call"),
    path("my-duties/", sign_views.sign, name="sign"),
    path("officers/", sign_views.officers, name="officers"),
    path("<uuid:uid>/", entry_views.read, name="read"),
    path("<uuid:uid>/tell/", entry_views.complete, name="complete"),
    path("<uuid:uid>/paper/", entry_views.keep_scan, name="keep_scan"),
    path("<uuid:uid>/paper/<uuid:scan>/", review_views.open_scan, name="open_scan"),
    path("<uuid:uid>/review/", review_views.review, name="review"),
    path("<uuid:uid>/clear/", review_views.clear, name="clear"),
    path("<uuid:uid>/letters/", review_views.letters, name="letters"),
]
