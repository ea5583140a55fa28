"""A family's own page: their child's requests and consents, and nothing of anybody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from accord.facts import Role
from accord.facts.records import Emergency, Purpose, SignerRole
from accord.web.audit.models import Event
from accord.web.records import actions, consent_text, links
from accord.web.records.consent_words import CLASSES, PURPOSES, WORDS
from accord.web.records.consents import Terms
from accord.web.records.left_out import without_addresses
from accord.web.records.models import HeldKind
from accord.web.records.rights_words import RIGHTS
from tests.web import factories as make
from tests.web.records import factories as kept
from tests.web.records import urgent
from tests.web.records.readability import english_grade, english_syllables, spanish_ease, spanish_syllables

pytestmark = pytest.mark.django_db

FAMILY = reverse("records:family")


@pytest.fixture(autouse=True)
def at_ten_in_the_morning():
    with time_machine.travel(make.AT, tick=False):
        yield


def page(user=None):
    return make.signed_in(user or kept.heidi()).get(FAMILY).content.decode()


def opened(of=None):
    """A request that was decided by consent, and opened."""
    of = of or kept.student()
    copy = kept.copy(of)
    request = kept.identified(kept.asked(), copy, of=of)
    kept.decided(request, [copy])
    actions.open_copy(by=make.bob(), at=make.AT, on=make.ON, request=request, copy=copy)
    return request


def test_a_parent_reads_who_asked_for_what_what_was_decided_why_and_what_was_opened():
    kept.link()
    kept.consent()
    request = opened()
    text = page()
    assert request.reference in text
    for told in (
        "Bob",
        "School resource officer",
        "city-police",
        "To plan a talk at home",
        "A duty at school",
        "Yes. It may be read.",
    ):
        assert told in text
    assert "A written consent covers it" in text
    assert "Attendance, Nov. 24, 2026" in text


def test_a_family_that_reads_its_log_leaves_an_event_and_one_that_may_not_read_it_none():
    kept.link()
    kept.identified(kept.asked(), kept.copy())
    looks = Event.objects.filter(verb="records.own_log_read")
    page()
    assert make.signed_in(kept.heidi()).get(reverse("records:log", args=[kept.student().uid])).status_code == 200
    assert [one.by for one in looks] == [str(kept.heidi().uid)] * 2
    page(kept.ivan())
    assert looks.count() == 2


def test_a_request_that_waits_and_one_that_was_denied_are_told_too():
    kept.link()
    kept.identified(kept.asked(), kept.copy())
    assert "Not decided yet. Nothing is shared before that." in page()
    denied = kept.identified(kept.asked(), kept.copy())
    kept.decided(denied)
    assert "Why: Without a ground the answer is no." in page()


def test_rows_of_another_child_are_never_returned():
    kept.link()
    other = kept.student("1002")
    kept.link(kept.ivan(), other)
    given = kept.consent(other, signer=kept.ivan())
    request = opened(other)
    text = page()
    assert request.reference not in text
    assert str(given.uid) not in text
    assert str(other.uid) not in text
    assert request.reference in page(kept.ivan())


def test_a_request_first_taken_for_this_child_and_then_found_to_be_anothers_is_not_told():
    kept.link()
    other = kept.student("1002")
    request = kept.identified(kept.asked(), kept.copy())
    kept.identified(request, kept.copy(other), of=other)
    assert request.reference not in page()


def test_a_parent_whose_link_ended_sees_nothing_from_that_request_on():
    link = kept.link()
    kept.consent()
    request = opened()
    client = make.signed_in(kept.heidi())
    assert request.reference in client.get(FAMILY).content.decode()
    links.end(by=kept.grace(), at=make.AT, on=make.ON, link=link, reason="Custody changed.")
    text = client.get(FAMILY).content.decode()
    assert request.reference not in text
    assert "No student is linked with your account today." in text


def test_a_link_that_one_person_proposed_and_nobody_confirmed_opens_nothing():
    links.propose(
        by=kept.grace(), at=kept.BEFORE, on=make.ON, user=kept.heidi(), student=kept.student(),
        role=SignerRole.PARENT, starts_on=make.SINCE, seen="Birth record",
    )  # fmt: skip
    assert "No student is linked with your account today." in page()


def test_at_local_midnight_of_the_eighteenth_birthday_the_page_passes_from_parent_to_student():
    midnight, born = datetime(2026, 11, 25, 8, tzinfo=UTC), date(2008, 11, 25)
    student, judy = kept.student(born_on=born), make.account("Judy", Role.PARENT)
    kept.link()
    kept.link(judy, student, SignerRole.STUDENT)
    kept.consent(student)
    reference = opened(student).reference
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert reference in page()
        before = page(judy)
        assert reference not in before
        assert "The rights become yours on the day you come of age." in before
    with time_machine.travel(midnight, tick=False):
        after = page()
        assert reference not in after
        assert "the rights to the records are the student&#x27;s own" in after
        assert reference in page(judy)


@pytest.mark.parametrize("barred", [True, False])
def test_nobody_reads_where_a_court_bars_them_or_the_date_of_birth_is_unknown(barred):
    student = kept.student("1003", born_on=date(2012, 1, 1) if barred else None)
    kept.link(of=student)
    request = kept.identified(kept.asked(), kept.copy(student), of=student)
    if barred:
        kept.held(HeldKind.BAR, {"person": str(kept.heidi().uid), "student": str(student.uid)})
    text = page()
    assert request.reference not in text
    assert ("A court order limits what you may see here." if barred else "date of birth is not on file") in text


DANGER = Emergency(threat="A threat was made.", notice_endangers=True)


def test_an_emergency_of_which_telling_would_endanger_somebody_is_not_told():
    kept.link()
    request = kept.identified(kept.asked(emergency=DANGER, purpose=Purpose.EMERGENCY), kept.copy())
    kept.decided(request)
    (determined,) = urgent.determined(tell_parent=False, endangers="The child would be hurt at home.").requests()
    told = page()
    assert request.reference not in told
    assert determined.reference not in told


def test_any_other_emergency_is_told_with_its_threat_and_whom_it_was_told():
    kept.link()
    (determined,) = urgent.determined().requests()
    told = page()
    assert determined.reference in told
    assert urgent.THREAT in told


def test_a_parent_signs_from_here_and_takes_back_from_here():
    kept.link()
    given = kept.consent()
    text = page()
    assert f'action="{reverse("records:revoke", kwargs={"uid": given.uid})}"' in text
    assert reverse("records:new_consent") in text


def test_the_page_says_what_the_law_gives_with_the_days_of_the_rule():
    text = page()
    assert "within 5 school office days" in text
    assert "U.S. Department of Education" in text
    with translation.override("es"):
        client = make.signed_in(kept.heidi())
        client.cookies["django_language"] = "es"
        assert "Departamento de Educación" in client.get(FAMILY).content.decode()


def test_the_family_page_is_nobody_elses_and_is_stored_nowhere():
    kept.link()
    assert make.signed_in(kept.heidi()).get(FAMILY)["Cache-Control"] == "no-store"
    for user in (make.bob(), make.alice(), make.frank(), make.eve(), kept.grace(), make.dana()):
        assert make.signed_in(user).get(FAMILY).status_code == 403


@pytest.mark.parametrize(
    "told",
    ["12 Oak Street", "4410 West Mission Hills Ave., Apt 3", "Avenida Juárez 88", "P.O. Box 12", "(760) 555-0134",
     "heidi@example.org"],
)  # fmt: skip
def test_the_address_of_the_other_parent_is_left_out_of_what_others_wrote(told):
    assert without_addresses(f"The father lives at {told} now") == "The father lives at [left out] now"


def test_the_words_of_an_officer_reach_the_family_without_an_address():
    kept.link()
    words = {"about": "Student 1001 of 12 Oak Street", "wanted": "Attendance", "interest": "Mother is at 12 Oak Street"}
    request = actions.ask(
        by=make.bob(), at=make.AT, on=make.ON, key="k" * 20, stated=kept.stated(), **words
    )  # fmt: skip
    kept.identified(request, kept.copy())
    text = page()
    assert "Mother is at [left out]" in text
    assert "Oak" not in text


@pytest.mark.parametrize("words", ["She was absent 12 days in the drive to improve", "Room 12 on March 3"])
def test_what_is_no_address_stays(words):
    assert without_addresses(words) == words


def test_the_measure_of_how_hard_a_text_reads_counts_syllables_as_people_do():
    english = {
        "school": 1,
        "records": 2,
        "education": 4,
        "police": 2,
        "table": 2,
        "special": 2,
        "guardian": 3,
        "goes": 1,
    }
    spanish = {"escuela": 3, "quien": 1, "día": 2, "dirección": 3, "policía": 4, "ley": 1, "país": 2, "antigüedad": 4}
    assert {word: english_syllables(word) for word in english} == english
    assert {word: spanish_syllables(word) for word in spanish} == spanish
    assert english_grade("The institution's confidentiality obligations necessitate authorization.") > 12
    assert spanish_ease("La confidencialidad institucional obligatoria necesita autorizaciones administrativas.") < 40


def texts(language):
    """Every consent that can be signed, for each class and purpose, and every right."""
    link = kept.link()
    kinds = tuple(kind.value for kind in WORDS[language].kinds)
    for role in SignerRole:
        link.role = role.value
        yield consent_text.text(link, Terms(kinds, PURPOSES[0], CLASSES[0].value), language=language, signer="Ana")
    link.role = SignerRole.PARENT.value
    for party in CLASSES:
        for purpose in PURPOSES:
            terms = Terms(kinds, purpose, party.value, date(2027, 6, 30), True)
            yield consent_text.text(link, terms, language=language, signer="Ana")
    yield from (right.words.format(access_days=5) for right in RIGHTS[language])


def test_english_texts_ask_for_no_more_than_the_eighth_grade():
    assert max(english_grade(text) for text in texts("en")) <= 8


def test_spanish_texts_are_quite_easy():
    assert min(spanish_ease(text) for text in texts("es")) >= 65


def test_both_languages_say_the_same_things():
    english, spanish = WORDS["en"], WORDS["es"]
    for name in ("roles", "kinds", "classes", "purposes"):
        assert getattr(english, name).keys() == getattr(spanish, name).keys()
    assert len(english.points) == len(spanish.points)
    assert [right.source for right in RIGHTS["en"]] == [right.source for right in RIGHTS["es"]]
