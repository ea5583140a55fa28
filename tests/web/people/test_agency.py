"""Which agency somebody with the police serves: filed by whoever grants the role, written once, never by oneself."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accord.decision import NotAllowed
from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.people import actions
from accord.web.people.content import of_grant
from accord.web.people.forms import AgencyForm
from accord.web.people.models import RoleGrant, User
from tests.web import factories as make

pytestmark = pytest.mark.django_db

DAY = {"starts_on": "2026-07-01", "ends_on": ""}


def without_agency(name: str = "Bob") -> RoleGrant:
    """A role granted before agencies were filed."""
    return make.account(name, Role.SRO, at=make.school(), agency="").grants.get(role=Role.SRO)


def url(grant: RoleGrant) -> str:
    return reverse("people:agency", kwargs={"uid": grant.user.uid, "grant_id": grant.pk})


def by_dana() -> dict[str, object]:
    return {"by": make.dana(), "at": make.AT, "on": make.ON}


@pytest.mark.parametrize(("role", "agency"), [("sro", ""), ("agency_supervisor", " "), ("principal", "City Police")])
def test_a_role_names_an_agency_exactly_when_it_is_one_of_the_police(role: str, agency: str):
    client, zoe = make.signed_in(make.dana()), make.account("Zoe")
    school = "" if role == "agency_supervisor" else str(make.school().pk)
    data = DAY | {"role": role, "school": school, "agency": agency}
    answer = client.post(reverse("people:grant", kwargs={"uid": zoe.uid}), data)
    assert answer.status_code == 400
    assert "agency" in answer.context["form"].errors
    where = make.school() if school else None
    with pytest.raises(NotAllowed, match="agency"):
        actions.grant_role(
            **by_dana(), user=zoe, role=Role(role), school=where, starts_on=make.ON, agency=agency
        )  # fmt: skip
    assert not zoe.grants.exists()


def test_the_page_says_what_is_not_on_file_and_where_to_file_it_and_the_history_holds_it():
    grant, client = without_agency(), make.signed_in(make.dana())
    make.bob()
    make.verify()
    page = client.get(reverse("people:account", kwargs={"uid": grant.user.uid})).content.decode()
    assert "Not on file" in page
    assert client.get(reverse("people:accounts")).content.decode().count("agency not on file") == 1
    assert url(grant) in page
    assert client.get(url(grant)).status_code == 200
    assert client.post(url(grant), {"agency": ""}).status_code == 400
    assert client.post(url(grant), {"agency": " City  Police"}).status_code == 302
    held = RoleGrant.objects.get(pk=grant.pk)
    assert (held.agency, held.agency_by) == ("City Police", str(make.dana().uid))
    assert Event.objects.get(verb="people.agency_filed").target == f"people.user:{grant.user.uid}"
    assert make.verify().whole
    again = client.post(url(grant), {"agency": "Sheriff"})
    assert again.status_code == 400
    assert "end this role and grant it anew" in again.content.decode()


def test_nobody_files_their_own_agency_and_no_officer_anybodys():
    grant = without_agency()
    assert make.signed_in(grant.user).post(url(grant), {"agency": "Sheriff"}).status_code == 403
    own = make.dana()
    mine = without_agency("Dana")
    with pytest.raises(NotAllowed, match="second person"):
        actions.file_agency(by=User.objects.get(pk=own.pk), at=make.AT, on=make.ON, grant=mine, agency="Sheriff")
    assert not RoleGrant.objects.exclude(agency="").exists()


def test_no_agency_is_filed_in_a_role_that_is_none_of_the_police():
    held = make.frank().grants.get()
    with pytest.raises(NotAllowed, match="Only a role with the police"):
        actions.file_agency(**by_dana(), grant=held, agency="Sheriff")


def test_the_database_itself_lets_an_agency_be_written_once():
    bob = make.bob()
    bob.grants.update(ends_on=make.ON)
    for change in ({"agency": "Sheriff"}, {"agency_by": "mallory"}, {"agency": "", "agency_by": "", "agency_at": None}):
        with pytest.raises(DatabaseError, match="filed rows stay"), transaction.atomic():
            bob.grants.update(**change)


def test_a_role_without_an_agency_says_to_the_history_what_it_said_before_agencies_were_filed():
    assert "agency" not in " ".join(of_grant(without_agency()))
    assert of_grant(make.account("Ben", Role.SRO, at=make.school()).grants.get())["agency"] == make.AGENCY


def test_how_long_the_name_of_an_agency_may_be_is_asked_of_what_is_filed():
    form = AgencyForm({"agency": "\ufdfa" * 100})  # one sign that stands for eighteen letters
    assert not form.is_valid()
    assert "agency" in form.errors
    assert AgencyForm({"agency": "  City   Police "}).is_valid()
