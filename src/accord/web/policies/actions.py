"""Bringing a version in and putting it in force. What a sentence carries is decided in `bindings.py`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.catalogue import Catalogue
from accord.decision import BadInput, Decision
from accord.documents.bind import bind
from accord.documents.bind_data import Bindings
from accord.documents.model import Document
from accord.documents.read import read_bytes
from accord.facts import Adopted
from accord.rules import people, policies
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.policies import catalogues, content, facts, limits
from accord.web.policies.models import Binding, Policy, State, Version


@dataclass(frozen=True)
class Imported:
    """What an import led to. `is_new` is False when this very file was brought in before: nothing is stored twice."""

    version: Version
    is_new: bool
    suggested: int
    carried: int


@transaction.atomic
def import_document(
    *,
    by: User,
    at: datetime,
    on: date,
    data: bytes,
    name: str,
    catalogue: Catalogue | None = None,
    recognised: Bindings | None = None,
) -> Imported:
    """Bring in a version of a policy from the bytes of a file.

    The binder suggests what its sentences carry; what a person decided about the version before it stays decided
    for every sentence that did not change.

    Args:
        name: the file's name; its suffix helps to tell the layout.
        catalogue: the obligations of a policy that Accord does not ship.
        recognised: how the obligations of that catalogue are recognised; without it a person ties every sentence.

    Raises:
        BadInput: when the file cannot be read, or the catalogue is another policy's.
        NotAllowed: without the permission, or when the document states no code.
    """
    granted = people.may(by.facts(), "policies.import", on=on).require()
    document = read_bytes(data, name)
    limits.refuse_long_head(document, name)
    identified = policies.is_identified(Adopted(document.code, document.status, document.adopted_on))
    decision = Decision.of(granted.findings, identified).require()
    policy = _policy(document, by=by, at=at, decision=decision)
    if catalogue and _keep_catalogue(policy, catalogue):
        _record_policy(
            "policies.catalogue_kept", policy, by, at, decision, obligations=[one.id for one in catalogue.obligations]
        )
    digest = hashlib.sha256(data).hexdigest()
    existing = policy.versions.filter(source_sha256=digest).first()
    if existing:
        suggested = _suggest(existing, document, by, at, recognised) if catalogue else 0
        return Imported(existing, False, suggested, 0)
    version = _create(policy, document, by=by, at=at, name=name, digest=digest)
    carried = _carry(version, by, at)
    suggested = _suggest(version, document, by, at, recognised)
    detail = {"policy": policy.code, "version": version.number, "sha256": digest}
    detail |= {"suggested": suggested, "carried": carried}
    record(
        "policies.imported",
        by=str(by.uid),
        at=at,
        target=f"policies.version:{version.id}",
        detail=detail,
        content=content.of_version(version),
        decision=decision,
    )
    return Imported(version, True, suggested, carried)


def _policy(document: Document, *, by: User, at: datetime, decision: Decision) -> Policy:
    """The policy under its code, locked so that two imports at once number their versions in turn."""
    found = Policy.objects.select_for_update()
    policy, is_new = found.get_or_create(code=document.code.strip(), defaults={"title": document.title})
    if is_new:
        _record_policy("policies.policy_opened", policy, by, at, decision)
    return policy


def _record_policy(verb: str, policy: Policy, by: User, at: datetime, decision: Decision, **detail: object) -> None:
    target, held = f"policies.policy:{policy.id}", content.of_policy(policy)
    record(verb, by=str(by.uid), at=at, target=target, detail=detail, content=held, decision=decision)


def _keep_catalogue(policy: Policy, catalogue: Catalogue) -> bool:
    """Store the obligations with their policy. False when they are the ones it has."""
    _check_catalogue(catalogue, policy.code)
    plain = catalogues.plain(catalogue)
    if policy.catalogue == plain:
        return False
    policy.catalogue = plain
    policy.save(update_fields=["catalogue"])
    return True


def _check_catalogue(catalogue: Catalogue, code: str) -> None:
    limits.refuse_long_ids(catalogue)
    if catalogue.code != code:
        raise BadInput(
            f"The catalogue is for {catalogue.code}, the document is {code}.",
            where="catalogue",
            mend="Give the catalogue of this policy, or none.",
        )
    others = {one.id for policy in Policy.objects.exclude(code=code) for one in catalogues.of(policy).obligations}
    if code != facts.BP_3515_31:
        others |= set(catalogues.shipped_ids())
    if clash := sorted(others & {one.id for one in catalogue.obligations}):
        raise BadInput(
            f"Another policy has obligations with the same ids: {', '.join(clash[:5])}.",
            where="catalogue",
            mend="Begin each id with something of this policy's own, so that evidence cannot be mistaken.",
        )


def _create(policy: Policy, document: Document, *, by: User, at: datetime, name: str, digest: str) -> Version:
    newest = policy.versions.order_by("-number").first()
    return Version.objects.create(
        policy=policy,
        number=newest.number + 1 if newest else 1,
        kind=document.kind,
        code=document.code,
        title=document.title,
        status=document.status,
        adopted_on=document.adopted_on,
        revised_on=document.revised_on,
        reviewed_on=document.reviewed_on,
        document=document.as_json(),
        source_name=name,
        source_sha256=digest,
        imported_by=by,
        imported_at=at,
    )


def _carry(version: Version, by: User, at: datetime) -> int:
    """Take over what a person decided about the version before, for equal sentences. Returns how many are accepted."""
    former = version.policy.versions.filter(number__lt=version.number).first()
    if former is None:
        return 0
    same = {row["id"] for row in version.document["sentences"]}
    decided = [
        Binding(
            version=version,
            sentence_id=one.sentence_id,
            obligation=one.obligation,
            score=one.score,
            state=one.state,
            by=one.by,
            at=one.at,
        )
        for one in former.bindings.select_related("by").exclude(state=State.SUGGESTED)
        if one.sentence_id in same
    ]
    _store(decided, "policies.binding_carried", by, at)
    return sum(one.accepted for one in decided)


def _store(rows: list[Binding], verb: str, by: User, at: datetime) -> None:
    """Keep bindings that nobody decided just now; each is recorded, so that one added later by hand is found."""
    for row in Binding.objects.bulk_create(rows):
        target, held = f"policies.binding:{row.id}", content.of_binding(row)
        record(verb, by=str(by.uid), at=at, target=target, detail={"version": row.version_id}, content=held)


def _suggest(version: Version, document: Document, by: User, at: datetime, recognised: Bindings | None) -> int:
    """Store what the binder finds and nobody decided yet."""
    known = set(version.bindings.values_list("sentence_id", "obligation"))
    check = bind(document, catalogues.of(version.policy), recognised)
    fresh = [
        Binding(
            version=version,
            sentence_id=sentence,
            obligation=held.id,
            score=held.score,
            state=State.SUGGESTED.value,
            at=at,
        )
        for held in check.obligations
        for sentence in held.sentences
        if held.status != "missing" and (sentence, held.id) not in known
    ]
    _store(fresh, "policies.binding_suggested", by, at)
    return len(fresh)


@transaction.atomic
def put_in_force(
    *, by: User, at: datetime, on: date, version: Version, in_force_from: date, meeting_on: date
) -> Version:
    """Put a version in force from a day, after the Board adopted it at a meeting. A second time changes nothing.

    Raises:
        NotAllowed: when it is not adopted by that day, or the same person brought it in.
        BadInput: when the meeting is still to come or came before the document was adopted, or the version would be in
            force before the meeting.
    """
    locked = Version.objects.select_for_update().select_related("policy", "imported_by").get(id=version.id)
    decision = may_put_in_force(locked, by=by, on=on, in_force_from=in_force_from).require()
    if locked.in_force_at:
        return locked
    _check_vote(locked, meeting_on=meeting_on, in_force_from=in_force_from, on=on)
    locked.in_force_from, locked.meeting_on = in_force_from, meeting_on
    locked.in_force_by, locked.in_force_at = by, at
    locked.save(update_fields=["in_force_from", "meeting_on", "in_force_by", "in_force_at"])
    record(
        "policies.put_in_force",
        by=str(by.uid),
        at=at,
        target=f"policies.version:{locked.id}",
        detail={"policy": locked.policy.code, "version": locked.number, "from": str(in_force_from)},
        content=content.of_version(locked),
        decision=decision,
    )
    return locked


def _check_vote(version: Version, *, meeting_on: date, in_force_from: date, on: date) -> None:
    if meeting_on > on:
        raise BadInput(_("The meeting has not been held yet."), where="meeting_on", mend=_("Give the day of the vote."))
    if version.adopted_on and meeting_on < version.adopted_on:
        raise BadInput(
            _("The meeting was held before the day the document says it was adopted."),
            where="meeting_on",
            mend=_("Give the day of the vote for this version."),
        )
    if in_force_from < meeting_on:
        raise BadInput(
            _("It would be in force before the Board voted for it."),
            where="in_force_from",
            mend=_("Give the day of the meeting or a later one."),
        )


def may_put_in_force(version: Version, *, by: User, on: date, in_force_from: date) -> Decision:
    """May this person put this version in force from this day? Adopted by then, and brought in by someone else."""
    return Decision.of(
        people.may(by.facts(), "policies.put_in_force", on=on).findings,
        policies.may_be_in_force(facts.adopted_with(version, ()), on=min(on, in_force_from)),
        people.other_person(people.Pair(str(version.imported_by.uid), str(by.uid))),
    )
