"""Every route for every role, on a small demo district: answered as the table says, and never a fault."""

import json
import os
import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve, reverse

from accord.facts import Reach, Role
from accord.rules import people
from accord.rules.duties import ELSEWHERE
from accord.web.controls.models import Evidence
from accord.web.demo.load import load
from accord.web.duties.models import CalendarDay, Duty, Step
from accord.web.immigration.models import Entry, Scan
from accord.web.immigration.models import Version as EnforcementVersion
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.models_officers import OfficerVersion
from accord.web.people.middleware import PUBLIC
from accord.web.people.models import RoleGrant, School, User
from accord.web.policies.models import Version as PolicyVersion
from accord.web.records.models import Link
from accord.web.records.models_consents import Consent
from accord.web.reports import actions as reports
from accord.web.reports.models import Edition
from accord.web.reports.periods import offered
from accord.web.routes import HIDDEN, IN_CODES, PERMISSION
from tests.web.duties import factories as tasks
from tests.web.immigration import factories as enforcement
from tests.web.policies import factories as policies
from tests.web.records import factories as records
from tests.web.records import sweep as requests
from tests.web.records import urgent_sweep as urgent

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sweep")]

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
ON = date(2026, 11, 24)
AGAIN = "ACCORD_TEST_DATABASE_URL" in os.environ
"""Do the tests run a second time, on another server? Who may what is no question to a server: one role is enough."""
ROLES = [None, *Role]
QUERIES = 30
"""No page asks the database more often, whatever it shows."""

REDIRECT_TO_SIGN_IN = "/people/sign-in/"


class Forms(HTMLParser):
    """The names of the fields of each form of a page, by the address the form is sent to."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.target, self.found = here, "", dict[str, set[str]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.target = given.get("action") or self.here
            self.found.setdefault(self.target, set())
        elif self.target and given.get("name"):
            self.found[self.target].add(str(given["name"]))

    def handle_endtag(self, tag: str) -> None:
        self.target = "" if tag == "form" else self.target


def forms(page: str, here: str) -> dict[str, set[str]]:
    """The names of the fields of each form of a page, by the route the form is sent to."""
    reader = Forms(here)
    reader.feed(page)
    named: dict[str, set[str]] = {}
    for target, names in reader.found.items():
        named.setdefault(resolve(urlsplit(target).path).view_name, set()).update(names)
    return named


@dataclass(frozen=True)
class World:
    """The demo district with one account for each role."""

    users: dict[Role, User]
    known: dict[str, set[str]] = field(default_factory=dict)

    def client(self, role: Role | None) -> Client:
        client = Client()
        if role:
            client.force_login(self.users[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def asker(self, role: Role | None):
        return self.users[role].facts() if role else PUBLIC

    def contact(self, role: Role | None) -> Interaction:
        """A contact that this role may read, or any when it may read none."""
        if role is None:
            return Interaction.objects.first()
        scope = people.scope(self.asker(role), "interactions.read", on=ON)
        mine = Interaction.objects.visible_to(scope, self.users[role])
        waiting = mine.filter(versions__is_current=True, versions__review__isnull=True)
        return waiting.exclude(author=self.users[role]).first() or mine.first() or Interaction.objects.first()

    def published(self) -> Edition:
        return Edition.objects.published().first()

    def draft(self) -> Edition:
        return Edition.objects.drafts().first()

    def table(self) -> str:
        """A table that the published report has."""
        return json.loads(self.published().body)["tables"][0]["id"]

    def fields(self, name: str) -> set[str]:
        """What the form that leads to a route asks for, on whichever page and for whichever role it stands."""
        if name not in self.known:
            self.known[name] = self._fields(name)
        return self.known[name]

    def _fields(self, name: str) -> set[str]:
        page = FORM_ON.get(name, name)
        evidence = Evidence.objects.first()
        at = {"reports:read": {"slug": self.draft().slug}, "controls:detail": {"obligation_id": evidence.obligation}}
        given = at.get(page) if name in POST_ONLY else None
        found: set[str] = set()
        for role in FUZZED:
            response = self.client(role).get(reverse(page, kwargs=given or arguments(self, page, role)))
            if response.status_code == 200:
                page_text = response.content.decode(errors="replace")
                found |= forms(page_text, response.request["PATH_INFO"]).get(name, set())
        return found - {"csrfmiddlewaretoken"}

    def request(self, role: Role | None) -> Entry:
        """A request by immigration enforcement that this role may read and has not filed, or any."""
        if role is None:
            return Entry.objects.first()
        scope = people.scope(self.asker(role), "immigration.read", on=ON)
        mine = Entry.objects.visible_to(scope, self.users[role])
        return mine.exclude(author=self.users[role]).first() or mine.first() or Entry.objects.first()

    def task(self, role: Role | None) -> Duty:
        """A task that this role may read, or any when it may read none."""
        scope = people.scope(self.asker(role), "duties.read", on=ON)
        still = Duty.objects.filter(is_current=True).exclude(kind__in=ELSEWHERE).with_last_step().open()
        return still.visible_to(scope).first() or still.first()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(time_machine.travel(NOW, tick=False))
        stack.enter_context(transaction.atomic())
        load(now=NOW, share=0.06)
        grants = RoleGrant.objects.select_related("user").order_by("-id")
        world = World({Role(grant.role): grant.user for grant in grants})
        for school in School.objects.all():
            tasks.raised(where=school, by=world.users[Role.SUPERINTENDENT], dhs_contacted_at=NOW, force=True)
        superintendent = world.users[Role.SUPERINTENDENT]
        there = world.users[Role.PRINCIPAL].grants.get().school
        reporting = [role for role in Role if role not in (Role.PARENT, Role.STAFF)]
        for role in (*reporting, Role.STAFF):
            filed = enforcement.filed(world.users[role], at=NOW, key=role.value, where=there)
            enforcement.scan(filed, world.users[role])
        enforcement.completed(filed, world.users[Role.STAFF])
        officer = world.users[Role.SRO]
        signed = Consent.objects.filter(signer=world.users[Role.PARENT]).values("student")
        link = Link.objects.filter(user=world.users[Role.PARENT], student__in=signed).first()
        records.paper_consent(link, by=world.users[Role.CUSTODIAN], party=officer, at=NOW)
        requests.add(world.users, at=NOW, on=ON)
        urgent.add(world.users, at=NOW, on=ON)
        reports.draft(by=superintendent, at=NOW, on=ON, period=offered(ON)[0], key=uuid4())
        policies.imported(
            policies.text(("The Board shall approve a memo", "The Board shall always approve a memo")),
            by=superintendent,
            at=NOW,
        )
        yield world
        transaction.set_rollback(True)


FORM_ON = {
    "base:language": "base:rules",
    "people:sign_in_as": "people:sign_in",
    "people:sign_out": "base:rules",
    "people:close": "people:account",
    "people:reopen": "people:account",
    "people:grant": "people:account",
    "people:end": "people:account",
    "people:close_school": "people:schools",
    "people:reopen_school": "people:schools",
    "policies:bind": "policies:version",
    "policies:confirm_all": "policies:version",
    "controls:add_evidence": "controls:detail",
    "controls:withdraw_evidence": "controls:detail",
    "interactions:review": "interactions:read",
    "interactions:save_view": "interactions:list",
    "interactions:remove_view": "interactions:list",
    "interactions:discard_draft": "interactions:new",
    "interactions:save_draft": "interactions:new",
    "interactions:save_favorite": "interactions:favorites",
    "interactions:remove_favorite": "interactions:favorites",
    "reports:publish": "reports:read",
    "reports:discard": "reports:read",
    "duties:complete": "duties:read",
    "duties:reopen": "duties:read",
    "duties:set_day": "duties:calendar",
    "duties:remove_day": "duties:calendar",
    "records:revoke": "records:consent",
    **requests.POSTED_ON,
    "immigration:keep_scan": "immigration:read",
    "immigration:review": "immigration:read",
    "immigration:clear": "immigration:read",
}
"""The routes that answer to POST alone, each with the page whose form leads there."""
POST_ONLY = set(FORM_ON)

READ_ONLY = {
    "audit:events", "base:rules", "base:topic", "controls:front_page", "controls:index", "controls:detail",
    "interactions:list", "interactions:read", "interactions:enrollment", "interactions:favorites", "interactions:times",
    "interactions:officers", "people:permissions", "people:accounts",
    "people:account", "policies:list", "policies:version", "policies:diff", "reports:list", "reports:read",
    *requests.READ_ONLY, *urgent.READ_ONLY, "records:family", "records:consents_of", "records:consent",
    "records:consent_scan", "records:log",
    "records:export_log", "reports:json", "reports:table_csv", "duties:list", "duties:read", "duties:calendar",
    "immigration:list", "immigration:read", "immigration:letters", "immigration:open_scan", "immigration:board",
    "immigration:board_csv", "immigration:officers",
}  # fmt: skip
"""The routes that answer to GET alone."""

NARROWER = ("interactions:correct", "interactions:review", "interactions:save_draft", "reports:publish",
            "policies:put_in_force", "immigration:review", "records:confirm_link")  # fmt: skip


def arguments(world: World, name: str, role: Role | None) -> dict[str, Any]:
    """What a route needs in its address: objects that exist and that the role reaches where it reaches any."""
    version = PolicyVersion.objects.first()
    evidence = Evidence.objects.first()
    other = User.objects.exclude(pk=world.users[role].pk).first() if role else User.objects.first()
    known = {
        "base:topic": {"topic": "people"},
        "people:end": {"uid": other.uid, "grant_id": other.grants.first().pk},
        "people:agency": {"uid": other.uid, "grant_id": other.grants.first().pk},
        "policies:diff": {"old_id": version.pk, "new_id": version.pk},
        "controls:detail": {"obligation_id": "P16"},
        "controls:add_evidence": {"obligation_id": evidence.obligation},
        "controls:withdraw_evidence": {"obligation_id": evidence.obligation, "uid": evidence.uid},
        "interactions:officer": {"uid": world.users[Role.SRO].uid},
        **family(world),
        **requests.addresses(world.users, role),
        **urgent.addresses(),
        "reports:publish": {"slug": world.draft().slug},
        "reports:discard": {"slug": world.draft().slug},
        "reports:table_csv": {"slug": world.published().slug, "table": world.table()},
    }
    if name in known:
        return known[name]
    route = next(str(key) for key in _patterns(name))
    uids = {"people": other.uid, "duties": world.task(role).uid, "immigration": world.request(role).uid}
    by_name = {
        "uid": uids.get(name.partition(":")[0], world.contact(role).uid),
        "version_id": version.pk,
        "slug": world.published().slug,
        "cds": School.objects.first().cds,
        "scan": Scan.objects.filter(entry=world.request(role)).values_list("uid", flat=True).first(),
    }
    return {key: value for key, value in by_name.items() if f":{key}>" in route}


def family(world: World) -> dict[str, dict[str, Any]]:
    """The child of the demo's parent, the link between them, and what they signed."""
    link = Link.objects.filter(user=world.users[Role.PARENT], student__in=Consent.objects.values("student")).first()
    rows = Consent.objects.filter(student=link.student)
    signed, paper = (rows.filter(authenticated_by=how).first() for how in ("password", "paper"))
    student, one = {"uid": link.student.uid}, {"uid": signed.uid}
    return {
        "records:consents_of": student,
        "records:log": student,
        "records:export_log": student,
        "records:paper_consent": {"uid": link.uid},
        "records:consent": one,
        "records:revoke": one,
        "records:consent_scan": {"uid": paper.uid},
    }


def _patterns(name: str) -> Iterator[str]:
    app, _, view = name.partition(":")
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", None) == app:
            yield from (str(one.pattern) for one in resolver.url_patterns if one.name == view)


def expected(asker: Any, name: str, method: str) -> set[int]:
    """What the table says: a granted route shows its page, or says what an empty form lacks; others refuse."""
    if not people.may(asker, PERMISSION[name], on=ON).allowed:
        return {404 if name in HIDDEN else 403} if asker.id else {401} if name in IN_CODES else {302}
    if method == "get":
        if name == "people:password" and not asker.id:
            return {302}
        return {405} if name in POST_ONLY else {200}
    if name in requests.OPENED:
        return {200}
    return {405} if name in READ_ONLY else {302, 400, 409, 422}


def reaching(name: str, roles: Collection[Role]) -> list[Role | None]:
    """Those of these roles that may reach a route; nobody in particular where it is open to all."""
    permission = people.permissions()[PERMISSION[name]]
    return [None] if permission.public else [role for role in roles if permission.reach[role] is not Reach.NONE]


def asked() -> list[tuple[str, Role | None]]:
    """Each route with each role; the second time with one that reaches it."""
    return [(name, role) for name in sorted(PERMISSION) for role in (reaching(name, Role)[:1] if AGAIN else ROLES)]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "role"), asked(), ids=str)
def test_a_route_answers_a_role_as_the_table_says(world: World, name: str, method: str, role: Role | None):
    url = reverse(name, kwargs=arguments(world, name, role))
    response = getattr(world.client(role), method)(url)
    if name == "people:sign_in_as" and method == "post":
        assert response.status_code == 404, "outside the demo it is not there"
        return
    allowed = expected(world.asker(role), name, method)
    # The table may reach own entries only, and nobody reviews or publishes what is their own: a second no is right.
    second = {403} if name in NARROWER and (method == "post" or name not in POST_ONLY) else set()
    assert response.status_code in allowed | second, response.content.decode()[:2000]
    if response.status_code == 302 and not role and allowed == {302}:
        assert response["Location"].startswith(REDIRECT_TO_SIGN_IN)


PAGES = [
    name
    for name in sorted(PERMISSION)
    if not name.startswith(("people:sign_in_as", "people:sign_out", "base:language"))
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_few_questions_and_the_same_number_twice(world: World, name: str):
    client = world.client(Role.SUPERINTENDENT)
    url = reverse(name, kwargs=arguments(world, name, Role.SUPERINTENDENT))
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    with CaptureQueriesContext(connection) as second:
        client.get(url)
    assert len(first) == len(second)
    assert len(second) <= QUERIES, [query["sql"][:150] for query in second]


PUBLIC_PAGES = [name for name in PAGES if people.permissions()[PERMISSION[name]].public]


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_signed_out_reader_learns_of_no_person_no_contact_and_no_paper(world: World, name: str):
    page = unescape(world.client(None).get(reverse(name, kwargs=arguments(world, name, None))).content.decode())
    for user in User.objects.all():
        assert user.name not in page
        assert str(user.uid) not in page
    for reference in Interaction.objects.values_list("reference", flat=True):
        assert not re.search(rf"\b{re.escape(reference)}\b", page)
    for narrative in set(Version.objects.values_list("narrative", flat=True)):
        assert narrative not in page
    for title in Evidence.objects.values_list("title", flat=True):
        assert title not in page


def _bare(response: Any) -> str:
    """A page without what differs by the clock or the session: tokens, and the address it was asked under."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r'name="next" value="[^"]+"', "", text)


@pytest.mark.parametrize("name", ["interactions:read", "interactions:correct", "interactions:review"])
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.SRO])
def test_a_contact_at_another_school_is_answered_like_one_that_is_not_there(world: World, name: str, role: Role):
    if not people.may(world.asker(role), PERMISSION[name], on=ON).allowed:
        pytest.skip("this role reaches no such page at all")
    mine = {int(grant.school) for grant in world.asker(role).roles if grant.school}
    foreign = Interaction.objects.exclude(school__in=mine).exclude(author=world.users[role]).first()
    client = world.client(role)
    ask = client.post if name == "interactions:review" else client.get
    there = ask(reverse(name, kwargs={"uid": foreign.uid}))
    nowhere = ask(reverse(name, kwargs={"uid": "00000000-0000-4000-8000-000000000000"}))
    assert there.status_code == nowhere.status_code == 404
    assert _bare(there) == _bare(nowhere)


STORED = ["\x00", "a\x00b", "x" * 70_000, "'; DROP TABLE people_user; --", "9" * 40, "0001-01-01", "9999-12-31T23:59"]
"""Nonsense that one server takes and another does not."""
NASTY = STORED if AGAIN else [
    *STORED, "\u202e" * 20, "<script>alert(1)</script>", "{{ 7*7 }}", "NaN", "-1", "null"
]  # fmt: skip
FUZZED = (
    Role.SUPERINTENDENT,
    Role.PRINCIPAL,
    Role.CLERK,
    Role.PROGRAM_ADMIN,
    Role.AGENCY_SUPERVISOR,
    Role.CUSTODIAN,
    Role.PARENT,
)


def granted() -> list[tuple[str, Role | None]]:
    """Each route with two of those who may reach it, the second time with one: nonsense from others stops at the table.

    The first and the last of them: the more there are, the less they differ in what the page asks them.
    """
    many = {name: reaching(name, FUZZED) for name in sorted(PERMISSION)}
    few = {name: dict.fromkeys([*roles[:1], *([] if AGAIN else roles[-1:])]) for name, roles in many.items()}
    return [(name, role) for name, roles in few.items() for role in roles]


NO_FIELDS = {"people:sign_in_as", "people:sign_out", "people:close", "people:reopen", "people:end",
             "people:close_school", "people:reopen_school", "duties:reopen", "policies:confirm_all",
             "interactions:save_view", "interactions:remove_view", "interactions:remove_favorite",
             "interactions:discard_draft", "interactions:save_draft", "records:revoke",
             "immigration:sign", *requests.BUTTONS}  # fmt: skip
"""Buttons alone; what only an officer is asked; the demo's sign-in, which is not there outside the demo; what only a
finished task, a narrowed list, a draft or the script of a form offers."""


@pytest.mark.any_server
@pytest.mark.parametrize("name", sorted(set(PERMISSION) - READ_ONLY - NO_FIELDS))
def test_the_form_of_a_route_is_found_with_its_fields(world: World, name: str):
    assert world.fields(name)


TAKES_ANY_WORDS = {"records:access_review"}
"""What is filed with any words at all: nonsense says as much there as sense does."""


@pytest.mark.parametrize(("name", "role"), granted(), ids=str)
def test_nonsense_is_never_a_fault_and_changes_nothing(world: World, name: str, role: Role | None):
    client = world.client(role)
    url = reverse(name, kwargs=arguments(world, name, role))
    fields = {*world.fields(name), "page", "on", "month", "school", "verb", "q"}
    kept = (
        Entry,
        EnforcementVersion,
        Scan,
        Version,
        OfficerVersion,
        Evidence,
        Edition,
        School,
        Duty,
        Step,
        CalendarDay,
    )
    before = [model.objects.count() for model in kept]
    # What stands in an address is read alike for whoever reaches the page; what they send is not.
    first = role == reaching(name, FUZZED)[0]
    for nasty in NASTY:
        data = dict.fromkeys(fields, nasty)
        if first:
            assert client.get(url, data if len(nasty) < 1000 else {}).status_code < 500
        with transaction.atomic():
            assert client.post(url, data).status_code < 500
    assert before == [model.objects.count() for model in kept] or name in TAKES_ANY_WORDS
