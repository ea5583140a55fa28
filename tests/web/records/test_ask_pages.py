"""Asking for a record on the page: as what one is, only what applies, nothing lost, nothing stored that may not be."""

import pytest
from django.urls import reverse

from accord.facts.records import Capacity, Purpose
from accord.web.records.models_requests import Disclosure, Request
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db
NEW = reverse("records:new")

ANSWERS = {
    "key": "k" * 32,
    "whose": "own",
    "about": "Maria of grade 7",
    "kinds": ["attendance"],
    "wanted": "Attendance of this month",
    "purpose": "school_duty",
    "interest": "To plan a talk at home",
    "onward": "nobody",
}
OUTSIDE = ANSWERS | {
    "whose": "outside",
    "purpose": "juvenile_justice",
    "name": "R. Ortiz",
    "capacity": "juvenile_authority",
    "party_agency": "County court services",
    "verified": "yes",
    "identity": "Call back to the county",
    "statute": "WIC 827",
    "before_adjudication": "yes",
    "certified": "yes",
    "certified_on": "2026-11-20",
}


def test_the_officer_asks_as_an_officer_and_reads_where_it_stands():
    browser = make.signed_in(make.bob())
    answer = browser.post(NEW, ANSWERS, follow=True)
    row = Request.objects.get()
    assert row.reference in answer.content.decode()
    who = {"id": str(make.bob().uid), "capacity": "sro", "agency": make.AGENCY, "identity_verified": True}
    assert row.body["asker"] == who
    assert row.body["records"] == [{"kind": "attendance"}]
    assert row.body["purpose"] == Purpose.SCHOOL_DUTY


def test_a_capacity_that_was_typed_into_the_form_changes_nothing():
    make.signed_in(make.bob()).post(NEW, ANSWERS | {"capacity": "judge", "whose": "outside", "name": "Judge"})
    assert Request.objects.get().body["asker"]["capacity"] == Capacity.SRO


def test_the_same_form_sent_twice_is_one_request():
    browser = make.signed_in(make.bob())
    first, second = browser.post(NEW, ANSWERS), browser.post(NEW, ANSWERS)
    assert first["Location"] == second["Location"]
    assert Request.objects.count() == 1


def test_further_questions_come_only_where_the_purpose_asks_them_and_lose_nothing():
    browser = make.signed_in(make.bob())
    plain = browser.get(NEW).content.decode()
    assert "probable_cause" not in plain
    asked = browser.post(NEW, ANSWERS | {"purpose": "kidnapping"})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert 'name="probable_cause"' in page
    assert "Maria of grade 7" in page
    assert not Request.objects.exists()
    more = {"purpose": "kidnapping", "shown": "probable_cause may_be_enrolled investigation_active shows"}
    browser.post(NEW, ANSWERS | more | {"probable_cause": "yes", "investigation_active": "no"})
    assert Request.objects.get().body["kidnapping"] == {"probable_cause": True, "investigation_active": False}


def test_an_empty_form_says_beside_each_field_what_is_missing():
    answer = make.signed_in(make.bob()).post(NEW, {"key": "k" * 32})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose at least one kind." in page
    assert page.count("usa-error-message") >= 3


@pytest.mark.parametrize("field", ["about", "wanted", "interest"])
def test_spaces_say_nothing(field: str):
    answer = make.signed_in(make.bob()).post(NEW, ANSWERS | {field: "   "})
    assert answer.status_code == 422
    assert "Say it in your own words." in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("field", ["about", "wanted", "interest"])
def test_words_of_immigration_are_refused_beside_their_field_and_stay_in_it(field: str):
    words = "He is undocumented and ICE asked"
    answer = make.signed_in(make.bob()).post(NEW, ANSWERS | {field: words})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert words in page
    assert not Request.objects.exists()


def test_no_text_of_a_request_goes_unread_by_the_guard():
    unclean = "ICE, he is undocumented"
    browser = make.signed_in(kept.grace())
    for field in ("name", "party_agency", "identity", "statute"):
        shown = OUTSIDE | {field: unclean}
        assert browser.post(NEW, shown).status_code == 422, field
    onward = {"onward": "others", "passed_name": unclean, "passed_capacity": "other", "passed_agency": ""}
    assert browser.post(NEW, OUTSIDE | onward).status_code == 422
    assert not Request.objects.exists()


def test_the_custodian_enters_what_someone_outside_asks_and_cannot_decide_it():
    browser = make.signed_in(kept.grace())
    assert 'name="name"' in browser.get(f"{NEW}?whose=outside").content.decode()
    page = browser.post(NEW, OUTSIDE, follow=True).content.decode()
    row = Request.objects.get()
    assert row.body["asker"] == {
        "id": "R. Ortiz", "capacity": "juvenile_authority", "agency": "County court services", "identity_verified": True
    }  # fmt: skip
    assert row.body["certification"] == {"by": "R. Ortiz", "signed_on": "2026-11-20", "no_redisclosure": True}
    assert Disclosure.objects.get(act="asked").holds["identity"] == "Call back to the county"
    assert "Call back to the county" in page
    assert browser.post(reverse("records:decide", args=[row.uid]), {"number": 0}).status_code == 422
    assert row.steps.count() == 0


def test_an_identity_nobody_says_how_it_was_checked_is_not_verified():
    make.signed_in(kept.grace()).post(NEW, OUTSIDE | {"identity": ""})
    assert "identity_verified" not in Request.objects.get().body["asker"]


def test_passing_it_on_to_the_own_agency_is_stated_as_such():
    make.signed_in(make.bob()).post(NEW, ANSWERS | {"onward": "agency"})
    assert Request.objects.get().body["passed_to"] == [{"capacity": "peace_officer", "agency": make.AGENCY}]


def test_a_teacher_is_not_asked_for_papers_nor_offered_the_purposes_of_police():
    page = make.signed_in(make.frank()).get(NEW).content.decode()
    assert 'name="paper"' not in page
    assert 'value="immigration"' not in page


def test_a_form_of_somebody_else_is_not_taken():
    make.signed_in(make.bob()).post(NEW, ANSWERS)
    answer = make.signed_in(make.frank()).post(NEW, ANSWERS | {"shown": "teaches_student"})
    assert answer.status_code == 400
    assert Request.objects.count() == 1


@pytest.mark.parametrize("who", [make.carol, make.dana, kept.heidi])
def test_whoever_may_not_ask_finds_no_form(who):
    assert make.signed_in(who()).get(NEW).status_code == 403
    assert make.signed_in(who()).post(NEW, ANSWERS).status_code == 403
    assert not Request.objects.exists()


def test_an_empty_form_is_told_all_that_it_lacks_at_once():
    answer = make.signed_in(make.bob()).post(reverse("records:new"), {"key": "k", "whose": "own"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose at least one kind." in page
    assert page.count("Say it in your own words.") == 2 * 3, "beside the field and above the form: whom, what and why"


def test_what_is_entered_for_someone_outside_is_asked_of_them():
    page = make.signed_in(kept.grace()).get(reverse("records:new"), {"whose": "outside"}).content.decode()
    assert "Why they need these very records" in page
    assert "To others at their agency" in page
    assert "Why you need" not in page
    assert "my own agency" not in page
