"""What whoever asked is told: where the request stands and what would be needed, worked out without the student.

Nothing here may depend on whether such a student is on the roster, on which copies are held, or on what is on file
about them: the rule is asked about a student of whom nothing is known. Only what was released is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from accord.decision import Finding
from accord.facts import from_plain
from accord.facts import records as facts
from accord.facts.records import RecordKind, Ruling
from accord.rules import records as rule
from accord.web.records import confirmed, told
from accord.web.records import facts as filed
from accord.web.records.models_requests import Decision, Released, Request
from accord.web.records.steps import Act, State, state

_NOBODY = "nobody"


@dataclass(frozen=True)
class Page:
    """One's own request: what was asked, where it stands, what was released, and what each ground would need."""

    stated: facts.Request
    state: State
    decision: Decision | None
    released: list[Released]
    ended: bool
    bars: list[Finding]
    word: list[Finding]
    needs: list[tuple[list[RecordKind], tuple[told.Ground, ...]]]
    for_counsel: bool

    @property
    def over(self) -> bool:
        """Was something released that opens no more?"""
        return bool(self.released) and self.ended

    @property
    def onward(self) -> list[str]:
        """To whom it would be passed on, in words."""
        return [one.id or one.agency or one.capacity.label for one in self.stated.passed_to]


def page(row: Request, *, at: datetime, on: date) -> Page:
    """What whoever asked is told. The same three queries whatever became of the request."""
    stated: facts.Request = from_plain(facts.Request, row.body)
    answer = _of_nobody(row, stated, at=at, on=on)
    looked = told.looked(answer)
    steps = list(row.steps.all())
    made = getattr(row, "decision", None)
    return Page(
        stated=stated,
        state=state(one.act for one in steps),
        decision=made,
        released=list(Released.objects.filter(decision__request=row).select_related("copy").defer("copy__content")),
        ended=any(one.act == Act.ENDED for one in steps) or bool(made and made.until and made.until <= at),
        bars=list({one.clause: one for each in looked for one in each.bars if not one.met}.values()),
        word=[one for one in answer.word if not one.met],
        needs=_needs([one.kind for one in stated.records], looked),
        for_counsel=answer.ruling is Ruling.COUNSEL,
    )


def _needs(
    kinds: list[RecordKind], looked: list[told.Looked]
) -> list[tuple[list[RecordKind], tuple[told.Ground, ...]]]:
    """What each ground would need, once for all kinds of records of which it is the same."""
    found: list[tuple[list[RecordKind], tuple[told.Ground, ...]]] = []
    for kind, one in zip(kinds, looked, strict=False):
        same = next((group for group, meant in found if meant == one.meant), None)
        if same is None:
            found.append(([kind], one.meant))
        else:
            same.append(kind)
    return found


def _of_nobody(row: Request, stated: facts.Request, *, at: datetime, on: date) -> facts.Answer:
    """The rule's answer about a student of whom nothing is on file."""
    records = tuple(replace(one, id=one.kind.value, interest=row.interest) for one in stated.records)
    asked = replace(
        stated,
        id=row.reference,
        made_at=row.at,
        decided_by=_NOBODY,
        student=facts.Student(id=_NOBODY),
        records=records,
        consent="",
        claims=rule.claims(stated),
    )
    known = filed.on_file(None, filed.held_now(), at=at)
    on_file = replace(known, confirmations=tuple(confirmed.role_on_file(row, stated, on=on)))
    return rule.decide(asked, on_file, on=on, parameters=rule.numbers(on=on))
