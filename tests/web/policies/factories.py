"""Policy documents for tests: the invented district's own, changed as a test asks, brought in through the actions."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from typing import Any

from accord.catalogue import Catalogue, Item, Obligation
from accord.rules.policies import NORMATIVE
from accord.web.people.models import User
from accord.web.policies import actions, bindings
from accord.web.policies.models import Binding, State, Version
from tests.web import factories as make

TRAINING = "So that students meet law enforcement"
"""How the sentence on training begins that tests change."""
ADOPTED = date(2025, 8, 19)


def text(*changes: tuple[str, str]) -> str:
    """The invented district's policy, with every pair of words replaced. Words that are not there are a mistake."""
    whole = (files("accord.web.demo") / "bp-3515.31.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in whole, old
        whole = whole.replace(old, new)
    return whole


def other(code: str = "5141.3", title: str = "Health Examinations") -> str:
    """A short policy about something else."""
    return (
        f"# {code} - {title}\n\n**Type:** BP\n**Version:** Current\n**Status (from API):** ADOPTED\n"
        "**Original Adopted:** 06/01/2021\n**Last Revised:**\n\n---\n\n## Policy Content\n\n"
        "The Superintendent or designee shall verify that each student has had a health examination. "
        "The school nurse may refer a student to a physician.\n"
    )


def imported(
    document: str | None = None,
    *,
    by: User | None = None,
    at: datetime = make.AT,
    name: str = "bp-3515.31.txt",
    catalogue: Catalogue | None = None,
) -> actions.Imported:
    """A document brought in by Eve, the superintendent, when nobody else is said."""
    data = (text() if document is None else document).encode()
    return actions.import_document(by=by or make.eve(), at=at, on=make.ON, data=data, name=name, catalogue=catalogue)


def confirmed(version: Version, *, at: datetime = make.AT) -> Version:
    """The version with every suggestion confirmed by Eve."""
    bindings.confirm_all(by=make.eve(), at=at, on=make.ON, version=version, least=0)
    return version


def in_force(
    document: str | None = None, *, at: datetime = make.AT, since: date = ADOPTED, confirm: bool = True
) -> Version:
    """A version brought in and confirmed by Eve, put in force by Carol."""
    version = imported(document, at=at).version
    if confirm:
        confirmed(version, at=at)
    return actions.put_in_force(
        by=make.carol(), at=at, on=make.ON, version=version, in_force_from=since, meeting_on=ADOPTED
    )


def complete(version: Version) -> Version:
    """The version with every sentence that says shall tied to something by Eve."""
    confirmed(version)
    tied = set(version.bindings.values_list("sentence_id", flat=True))
    for row in version.document["sentences"]:
        if row["modality"] in NORMATIVE and row["id"] not in tied:
            bindings.add(by=make.eve(), at=make.AT, on=make.ON, version=version, sentence=row["id"], obligation="P01")
    return version


def tied(version: Version, obligation: str, *, at: datetime = make.AT) -> Binding:
    """The first sentence of a version, tied to an obligation by Eve."""
    sentence = version.document["sentences"][0]["id"]
    return bindings.add(by=make.eve(), at=at, on=make.ON, version=version, sentence=sentence, obligation=obligation)


def suggestion(version: Version, obligation: str = "P07") -> Binding:
    """A suggestion of the binder that waits."""
    return version.bindings.filter(obligation=obligation, state=State.SUGGESTED)[0]


def catalogue(code: str = "5141.3", obligation_id: str = "H01", **fields: Any) -> Catalogue:
    """A catalogue with one obligation of another policy."""
    usual: dict[str, Any] = {
        "title": "Health examinations",
        "words": "Someone checks that each pupil was seen by a doctor.",
        "actor": "Superintendent",
        "modality": "shall",
        "hedge": "",
        "condition": "",
        "evidence": "The list of examinations.",
        "cadence": "",
        "kept_by": "records",
        "citations": (),
        "items": (Item("H01.1", "The list."),),
    }
    return Catalogue(code, "Health Examinations", (Obligation(id=obligation_id, **(usual | fields)),))
