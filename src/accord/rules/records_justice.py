"""Grounds for a release to courts, police, prosecutors and probation."""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Asked, Capacity, PaperKind, Purpose, RecordKind
from accord.rules import records_owed as owed
from accord.rules.records_basis import Basis, register
from accord.rules.records_claims import is_of_agency
from accord.rules.records_door import ByDoor, asks_as, by_door, is_for, is_kind
from accord.rules.records_lacking import fact, of_one
from accord.rules.records_needs import (
    COURT,
    SEALED,
    SUBPOENAS,
    certified,
    emergency_covers,
    emergency_lasts,
    in_force,
    is_meant,
    names,
    notice_done,
    of_court,
    on_paper,
)

CERTIFIED = fact(Say("They certify in writing that the records go no further."), certified)
NAMED = fact(Say("The paper names the record."), on_paper(lambda a, p: names(p.names_records, a.record)))
RECIPIENT = fact(
    Say("The paper names whoever asks as the recipient."), on_paper(lambda a, p: is_meant(p.recipient, a.request.asker))
)
REVIEWED = fact(
    Say("Counsel has looked at the paper."),
    on_paper(lambda a, p: p.counsel_reviewed_on is not None and p.counsel_reviewed_on <= a.on),
)
UNCONTESTED = fact(Say("No objection to the paper is pending."), on_paper(lambda _, p: not p.objection_pending))
VALID = fact(Say("A court's paper, signed by a judge, is in force."), of_court)
NOTICE_GIVEN = fact(Say("Parent and pupil were told in time, or the court excused it."), on_paper(notice_done))
POLICE_ASK = asks_as("A peace officer asks.", Capacity.SRO, Capacity.PEACE_OFFICER)
DISABILITY = fact(
    Say("The student has a disability or special needs."), lambda a: a.request.student.with_disability is True
)
REPORTED = fact(Say("A crime by the student was reported to them."), lambda asked: asked.request.reported_crime is True)
CONDUCT_OR_SPECIAL = is_kind(
    "The record is of special education or of discipline.", RecordKind.SPECIAL_EDUCATION, RecordKind.DISCIPLINE
)


def _purpose(*wanted: Purpose) -> ByDoor:
    return is_for(Say("The purpose is one that the clause names."), *wanted)


def _shows(kinds: frozenset[PaperKind]) -> ByDoor:
    return by_door(Say("A paper of the kind that the clause names is shown."), lambda door: door.paper in kinds)


def _designated(asked: Asked) -> bool:
    return bool(asked.on_file.designations) and any(
        bool(one.officer)
        and one.officer == asked.request.asker.id
        and is_of_agency(asked, one.agency)
        and in_force(one.submitted_on, None, asked.on)
        for one in asked.on_file.designations
    )


def _threat(asked: Asked) -> bool:
    emergency = asked.request.emergency
    return emergency is not None and bool(emergency.threat.strip())


def _determined(asked: Asked) -> bool:
    emergency = asked.request.emergency
    return (
        emergency is not None
        and bool(emergency.determined_by)
        and emergency.determined_by != asked.request.asker.id
        and emergency.determined_at is not None
    )


KIDNAPPED = of_one(
    lambda asked: () if asked.request.kidnapping is None else (asked.request.kidnapping,),
    (
        Say("There is probable cause that the student was kidnapped."),
        lambda _, one, __: one.probable_cause is True,
    ),
    (Say("The abductor may have enrolled the student."), lambda _, one, __: one.may_be_enrolled is True),
    (Say("The investigation has begun."), lambda _, one, __: one.investigation_active is True),
    (Say("The officer shows consent, emergency, subpoena or order."), lambda _, one, __: one.shows is not None),
)

COURTS = register(
    Basis(
        "records.court-paper",
        _shows(COURT | SUBPOENAS),
        (
            VALID,
            NAMED,
            RECIPIENT,
            REVIEWED,
            fact(Say("The paper does not forbid notice."), on_paper(lambda _, p: p.non_disclosure is not True)),
            NOTICE_GIVEN,
            UNCONTESTED,
        ),
        tell=False,
        court_finding=True,
        owed=owed.CONFIDENTIALITY,
    ),
    Basis(
        "records.sealed-paper",
        _shows(COURT | SEALED),
        (
            fact(Say("The paper orders that nobody be told of it."), on_paper(lambda _, p: p.non_disclosure is True)),
            VALID,
            NAMED,
            RECIPIENT,
            REVIEWED,
            UNCONTESTED,
        ),
        logged=False,
        tell=False,
        sealed=True,
        court_finding=True,
        owed=owed.CONFIDENTIALITY,
    ),
)

EMERGENCY = register(
    Basis(
        "records.emergency",
        by_door(Say("An emergency is stated."), lambda door: door.emergency),
        (
            _purpose(Purpose.EMERGENCY),
            fact(Say("The threat is put into words: articulable and significant."), _threat),
            fact(Say("A named administrator, not whoever asks, determined it and when."), _determined),
            fact(
                Say("The determination names the recipient and this record."),
                lambda a: emergency_covers(a, a.request.asker),
            ),
            fact(Say("The emergency still lasts."), emergency_lasts),
        ),
        owed=owed.emergency,
    ),
)

JUSTICE = register(
    Basis(
        "records.juvenile-justice",
        asks_as("A state or local juvenile justice official asks.", Capacity.JUVENILE_AUTHORITY),
        (
            _purpose(Purpose.JUVENILE_JUSTICE),
            fact(Say("The state statute that allows it is named."), lambda a: bool(a.request.statute.strip())),
            fact(Say("The child has not been adjudicated yet."), lambda a: a.request.before_adjudication is True),
            CERTIFIED,
        ),
    ),
    Basis(
        "records.juvenile-case",
        asks_as(
            "A probation officer, district attorney or counsel of the minor asks.",
            Capacity.PROBATION,
            Capacity.DISTRICT_ATTORNEY,
            Capacity.MINORS_COUNSEL,
        ),
        (_purpose(Purpose.CRIMINAL_INVESTIGATION, Purpose.WARDSHIP, Purpose.PROBATION_VIOLATION), CERTIFIED),
    ),
    Basis(
        "records.truancy-prosecutor",
        asks_as("A district attorney asks.", Capacity.DISTRICT_ATTORNEY),
        (_purpose(Purpose.TRUANCY_MEDIATION, Purpose.TRUANCY_PETITION, Purpose.COMPULSORY_ATTENDANCE),),
    ),
    Basis(
        "records.truancy-court",
        asks_as("A judge or probation officer asks.", Capacity.JUDGE, Capacity.PROBATION),
        (_purpose(Purpose.TRUANCY_MEDIATION, Purpose.TRUANCY_PETITION), CERTIFIED),
        owed=owed.truancy_notice,
    ),
)

POLICE = register(
    Basis(
        "records.kidnapping",
        POLICE_ASK,
        (
            _purpose(Purpose.KIDNAPPING),
            is_kind("Only where the record was transferred is asked for.", RecordKind.TRANSFER),
            fact(Say("The agency they serve submitted the officer's name in writing."), _designated),
            KIDNAPPED,
        ),
    ),
    Basis(
        "records.crime-report",
        POLICE_ASK,
        (_purpose(Purpose.CRIME_REPORT), DISABILITY, REPORTED, CONDUCT_OR_SPECIAL, CERTIFIED),
    ),
    Basis(
        "records.disability-assault",
        POLICE_ASK,
        (
            _purpose(Purpose.CRIMINAL_INVESTIGATION, Purpose.CRIME_REPORT),
            DISABILITY,
            fact(
                Say("The student was suspended or expelled for an assault."),
                lambda a: a.request.student.disciplined_for_assault is True,
            ),
            CONDUCT_OR_SPECIAL,
            CERTIFIED,
        ),
    ),
    Basis(
        "records.sex-offender",
        is_kind("The record is a notice of a registered sex offender.", RecordKind.SEX_OFFENDER_NOTICE),
        (_purpose(Purpose.SEX_OFFENDER),),
        tell=False,
    ),
    Basis(
        "records.court-finding",
        is_kind("The record is a juvenile court's notice of a finding.", RecordKind.COURT_FINDING),
        (
            asks_as("A district employee asks.", Capacity.EMPLOYEE),
            fact(Say("They supervise or teach the student."), lambda a: a.request.teaches_student is True),
            _purpose(Purpose.SCHOOL_DUTY),
            fact(
                Say("Why they need this very record is stated, and found legitimate."),
                lambda a: bool(a.record.interest.strip()),
            ),
        ),
        logged=False,
        court_finding=True,
        owed=owed.SEPARATE_FILE,
    ),
)

BASES = (*COURTS, *EMERGENCY, *JUSTICE, *POLICE)
