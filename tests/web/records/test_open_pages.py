"""Opening what was let go: logged before the first byte, limits on its face, refused once what allowed it is gone."""

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from accord.facts.records import RecordKind
from accord.web.records import face_pdf, keeping
from accord.web.records.models import Copy
from accord.web.records.models_requests import Disclosure
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(make.AT + timedelta(hours=1), tick=False):
        yield


def released(copy=None):
    kept.link()
    consent = kept.consent()
    copy = copy or kept.copy()
    row = kept.identified(kept.asked(), copy)
    kept.decided(row, [copy])
    return row, copy, consent


def there(row, copy) -> str:
    return reverse("records:open", args=[row.uid, copy.uid])


def filed(data: bytes, name: str = "maria-gomez.pdf"):
    return keeping.keep(
        by=kept.grace(), at=kept.BEFORE, on=make.ON, student=kept.student(), kind=RecordKind.ATTENDANCE,
        title="Fall term", said=kept.facts.Record(), name=name, data=data,
    )  # fmt: skip


def filed_long_ago(data: bytes):
    """A file that would not be taken today."""
    return Copy.objects.create(
        student=kept.student(), kind=RecordKind.ATTENDANCE, title="Fall term", content=data,
        media_type="application/pdf", digest="", by=kept.grace(), at=kept.BEFORE,
    )  # fmt: skip


def opened() -> int:
    return Disclosure.objects.filter(act="opened").count()


def test_the_cover_shows_the_limits_and_nothing_of_the_copy():
    row, copy, _ = released()
    answer = make.signed_in(make.bob()).get(there(row, copy))
    page = answer.content.decode()
    assert "attendance of a student" not in page
    assert "Use it only for the purpose stated." in page
    assert "Do not pass it on" in page
    assert "34 CFR 99.33" in page
    assert opened() == 0, "a cover is no opening"


def test_text_opens_on_a_page_that_carries_its_limits():
    row, copy, _ = released()
    answer = make.signed_in(make.bob()).post(there(row, copy))
    page = answer.content.decode()
    assert "attendance of a student" in page
    for told in ("Bob", "School resource officer", "A duty at school", row.reference, "Do not pass it on", "99.33"):
        assert told in page
    assert answer["Cache-Control"] == "no-store"
    assert opened() == 1


def test_a_file_leaves_under_a_name_that_says_nothing():
    row, copy, _ = released(filed(face_pdf.sheet(["Present on all days"])))
    answer = make.signed_in(make.bob()).post(there(row, copy))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{row.reference}-1.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert opened() == 1


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("L", (40, 30)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(("name", "data"), [("a.pdf", face_pdf.sheet(["Present on all days"])), ("a.png", picture())])
def test_a_file_says_on_a_sheet_and_below_each_page_to_whom_it_went_when_and_what_may_not_be_done(name, data):
    row, copy, _ = released(filed(data, name))
    answer = make.signed_in(make.bob()).post(there(row, copy))
    first, second = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    sheet, page = (" ".join(one.extract_text().split()) for one in (first, second))
    for words in ("Bob", row.reference, "Do not pass it on", "34 CFR 99.33", "Nov. 24, 2026"):
        assert words in sheet
        assert words in page
    assert "A duty at school" in sheet
    assert ("Present on all days" in page) is (name == "a.pdf")


def test_a_file_that_cannot_carry_its_limits_does_not_leave_and_the_log_does_not_say_it_did():
    row, copy, _ = released(filed_long_ago(b"%PDF-1.7 nothing"))
    answer = make.signed_in(make.bob()).post(there(row, copy))
    assert answer.status_code == 403
    assert "its limits cannot be put on it" in answer.content.decode()
    assert opened() == 0
    assert Disclosure.objects.filter(act="refused").count() == 1


def test_each_opening_is_a_line_of_its_own():
    row, copy, _ = released()
    browser = make.signed_in(make.bob())
    browser.post(there(row, copy))
    browser.post(there(row, copy))
    assert opened() == 2


def test_revoked_with_the_page_open_the_next_click_is_refused_with_the_reason():
    row, copy, consent = released()
    browser = make.signed_in(make.bob())
    assert browser.post(there(row, copy)).status_code == 200
    kept.revoke(consent)
    answer = browser.post(there(row, copy))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "attendance of a student" not in page
    assert "no longer stands" in page
    assert Disclosure.objects.filter(act="refused").count() == 1
    assert "It opens no more" in browser.get(there(row, copy)).content.decode()


def test_a_copy_that_was_not_let_go_is_answered_like_one_that_is_not_there():
    row, _copy, _ = released()
    hidden = kept.copy(kind=RecordKind.HEALTH)
    browser = make.signed_in(make.bob())
    nowhere = "00000000-0000-4000-8000-000000000000"
    for ask in (browser.get, browser.post):
        assert ask(there(row, hidden)).status_code == 404
        assert ask(reverse("records:open", args=[row.uid, nowhere])).status_code == 404
    assert not Disclosure.objects.filter(copy=hidden).exists()


def test_nobody_else_opens_it():
    row, copy, _ = released()
    for who in (make.frank(), kept.grace(), make.eve()):
        assert make.signed_in(who).post(there(row, copy)).status_code == 404
    assert make.signed_in(kept.heidi()).post(there(row, copy)).status_code == 403
    assert opened() == 0


def test_if_the_log_cannot_be_written_nothing_leaves():
    row, copy, _ = released()
    browser = make.signed_in(make.bob())
    make.lose_the_history()
    browser.raise_request_exception = False
    answer = browser.post(there(row, copy))
    assert answer.status_code == 500
    assert b"attendance of a student" not in answer.content
