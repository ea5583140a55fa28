"""Bringing a version in and putting it in force: the actions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accord import catalogue as shipped
from accord.decision import BadInput, NotAllowed
from accord.web.audit.models import Event
from accord.web.policies import actions, bindings, catalogues, facts, limits
from accord.web.policies.models import Binding, Policy, State, Version
from tests.shared import BP_3515_31, needs_shared
from tests.web import factories as make
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


def test_the_document_is_kept_exactly_as_it_was_read() -> None:
    from accord.documents.read import read_bytes

    version = policy.imported().version
    read = read_bytes(policy.text().encode(), "bp-3515.31.txt")
    assert Version.objects.get(id=version.id).document == read.as_json()
    assert facts.document(version) == read
    assert (version.code, version.title, version.number) == (read.code, read.title, 1)
    assert version.adopted_on == read.adopted_on == policy.ADOPTED


@needs_shared
def test_the_adopted_policy_gets_a_suggestion_for_each_of_its_obligations() -> None:
    data = BP_3515_31.read_bytes()
    done = actions.import_document(by=make.eve(), at=make.AT, on=make.ON, data=data, name="bp.txt")
    suggested = set(done.version.bindings.values_list("obligation", flat=True))
    assert suggested == {one.id for one in shipped.bp_3515_31().obligations if not one.is_note}
    assert set(done.version.bindings.values_list("state", flat=True)) == {State.SUGGESTED.value}


def test_the_same_file_again_is_the_same_version_and_stores_nothing() -> None:
    first = policy.imported()
    events = Event.objects.count()
    again = policy.imported(by=make.carol(), name="another-name.txt")
    assert (again.version, again.is_new) == (first.version, False)
    assert (Version.objects.count(), Event.objects.count()) == (1, events)
    assert Binding.objects.count() == first.suggested


def test_reading_the_same_text_again_changes_no_sentence_and_carries_every_binding() -> None:
    first = policy.confirmed(policy.imported().version)
    second = policy.imported(policy.text() + "\n").version
    assert second.number == 2
    assert set(second.bindings.values_list("sentence_id", "obligation", "state")) == set(
        first.bindings.values_list("sentence_id", "obligation", "state")
    )


def test_one_edited_sentence_loses_its_binding_and_no_other_does() -> None:
    first = policy.confirmed(policy.imported().version)
    change = (policy.TRAINING, "So that pupils meet law enforcement")
    second = policy.imported(policy.text(change)).version
    before, after = ({row["id"] for row in one.document["sentences"]} for one in (first, second))
    assert len(before - after) == len(after - before) == 1
    waiting = second.bindings.filter(state=State.SUGGESTED)
    assert set(waiting.values_list("sentence_id", flat=True)) <= after - before
    carried = second.bindings.filter(state=State.CONFIRMED)
    assert carried.count() == first.bindings.exclude(sentence_id__in=before - after).count()
    assert set(carried.values_list("by__name", flat=True)) == {"Eve"}


def test_what_was_rejected_is_not_suggested_again() -> None:
    first = policy.imported().version
    wrong = policy.suggestion(first)
    bindings.reject(by=make.eve(), at=make.AT, on=make.ON, binding=wrong)
    second = policy.imported(policy.text() + "\n").version
    again = second.bindings.get(sentence_id=wrong.sentence_id, obligation=wrong.obligation)
    assert again.state == State.REJECTED


def test_a_document_without_a_code_is_refused_and_leaves_nothing() -> None:
    nameless = policy.text(("# 3515.31 - School Resource Officers", "# School Resource Officers"))
    with pytest.raises(NotAllowed, match="no policy code"):
        policy.imported(nameless, name="page.txt")
    assert (Policy.objects.count(), Event.objects.count()) == (0, 0)


def test_a_principal_brings_nothing_in() -> None:
    with pytest.raises(NotAllowed):
        policy.imported(by=make.alice())
    assert not Policy.objects.exists()


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(BadInput):
        policy.imported("   ")
    assert not Policy.objects.exists()


def test_another_policy_needs_no_code_and_no_catalogue() -> None:
    done = policy.imported(policy.other(), name="5141.3.txt")
    assert done.version.policy.code == "5141.3"
    assert len(done.version.document["sentences"]) == 2
    assert done.suggested == 0
    assert catalogues.of(done.version.policy).obligations == ()


def test_another_policy_brings_its_own_obligations() -> None:
    done = policy.imported(policy.other(), catalogue=policy.catalogue())
    stored = Policy.objects.get(code="5141.3")
    assert catalogues.of(stored) == policy.catalogue()
    sentence = done.version.document["sentences"][0]["id"]
    added = bindings.add(
        by=make.eve(), at=make.AT, on=make.ON, version=done.version, sentence=sentence, obligation="H01"
    )
    assert added.state == State.ADDED
    assert Event.objects.filter(verb="policies.catalogue_kept").count() == 1


@pytest.mark.parametrize(
    ("catalogue", "words"),
    [(policy.catalogue(obligation_id="P04"), "same ids"), (policy.catalogue(code="1234"), "is for 1234")],
)
def test_a_catalogue_that_could_be_mistaken_for_another_is_refused(catalogue: object, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        policy.imported(policy.other(), catalogue=catalogue)  # type: ignore[arg-type]
    assert not Policy.objects.exists()


def test_a_second_person_puts_an_adopted_version_in_force() -> None:
    version = policy.in_force()
    assert facts.in_force(on=make.ON) == version
    assert facts.in_force(on=policy.ADOPTED) == version
    assert facts.in_force(on=policy.ADOPTED - timedelta(days=1)) is None


def test_whoever_brought_it_in_does_not_put_it_in_force() -> None:
    version = policy.imported(by=make.carol()).version
    with pytest.raises(NotAllowed, match="second person"):
        actions.put_in_force(
            by=make.carol(),
            at=make.AT,
            on=make.ON,
            version=version,
            in_force_from=policy.ADOPTED,
            meeting_on=policy.ADOPTED,
        )
    assert facts.in_force(on=make.ON) is None


def put(version: Version, **changes: object) -> Version:
    given = {"in_force_from": policy.ADOPTED, "meeting_on": policy.ADOPTED, **changes}
    return actions.put_in_force(by=make.carol(), at=make.AT, on=make.ON, version=version, **given)  # type: ignore[arg-type]


def test_a_first_reading_is_not_put_in_force() -> None:
    draft = policy.imported(policy.text(("ADOPTED", "FIRST READING"))).version
    with pytest.raises(NotAllowed, match="not adopted"):
        put(draft)


def test_nothing_is_in_force_before_it_was_adopted() -> None:
    with pytest.raises(NotAllowed, match="adopted only on"):
        put(policy.imported().version, in_force_from=policy.ADOPTED - timedelta(days=1))


def test_a_meeting_to_come_has_decided_nothing() -> None:
    with pytest.raises(BadInput, match="not been held"):
        put(policy.imported().version, meeting_on=make.ON + timedelta(days=1))


def test_nothing_is_in_force_before_the_board_voted() -> None:
    version = policy.imported().version
    with pytest.raises(BadInput, match="before the Board voted"):
        put(version, meeting_on=policy.ADOPTED + timedelta(days=30), in_force_from=policy.ADOPTED + timedelta(days=29))
    put(version, meeting_on=policy.ADOPTED + timedelta(days=30), in_force_from=policy.ADOPTED + timedelta(days=30))


def test_the_vote_is_not_before_the_document_was_adopted() -> None:
    with pytest.raises(BadInput, match="before the day the document says"):
        put(policy.imported().version, meeting_on=policy.ADOPTED - timedelta(days=1))
    assert facts.in_force(on=make.ON) is None


@pytest.mark.parametrize(
    ("line", "long", "words"),
    [
        ("# 5141.3 - Health", "# 5141" + ".333" * 30 + " - Health", "code"),
        ("ADOPTED", "A" * 101, "status"),
        ("**Type:** BP", "**Type:** " + "B" * 101, "kind"),
    ],
)
def test_a_head_that_fits_no_column_is_refused_on_every_database(line: str, long: str, words: str) -> None:
    text = policy.other()
    assert line in text
    with pytest.raises(BadInput, match=f"Its {words} has more than"):
        policy.imported(text.replace(line, long, 1))
    assert not Policy.objects.exists()


def test_a_title_longer_than_a_page_is_refused() -> None:
    document = facts.document(policy.imported().version)
    limits.refuse_long_head(replace(document, title="T" * 500), "x.txt")
    with pytest.raises(BadInput, match="Its title has more than 500"):
        limits.refuse_long_head(replace(document, title="T" * 501), "x.txt")


def test_a_catalogue_with_an_id_that_fits_no_column_is_refused() -> None:
    with pytest.raises(BadInput, match="more than 40 characters"):
        policy.imported(policy.other(), catalogue=policy.catalogue(obligation_id="H" * 41))
    assert not Policy.objects.exists()


def test_putting_in_force_twice_is_putting_in_force_once() -> None:
    version = put(policy.imported().version)
    again = put(version, in_force_from=date(2026, 1, 1))
    assert again.in_force_from == policy.ADOPTED
    assert Event.objects.filter(verb="policies.put_in_force").count() == 1


def test_the_later_version_counts_from_its_day_on() -> None:
    first = policy.in_force()
    second = policy.in_force(policy.text() + "\n", since=date(2026, 3, 1))
    assert facts.in_force(on=date(2026, 2, 28)) == first
    assert facts.in_force(on=date(2026, 3, 1)) == second


def test_the_history_notices_a_changed_document() -> None:
    version = policy.in_force()
    assert make.verify().first_bad is None
    document = {**version.document, "title": "Something else"}
    Version.objects.filter(id=version.id).update(document=document)
    result = make.verify()
    assert result.reason.startswith(f"policies.version:{version.id} no longer holds")


def test_the_history_notices_a_binding_turned_by_hand() -> None:
    version = policy.confirmed(policy.imported().version)
    version.bindings.filter(obligation="P07").update(state=State.REJECTED)
    assert make.verify().first_bad is not None
