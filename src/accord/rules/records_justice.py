"""Grounds for a release to courts, police, prosecutors and probation."""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Asked, Capacity, PaperKind, Purpose, RecordKind
from accord.rules import records_owed as owed
from accord.rules.records_basis import Basis, register
from accord.rules.records_needs import (
    ASKED_FOR_POLICE,
    COURT,
    SEALED,
    SUBPOENAS,
    Need,
    asks_as,
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

CERTIFIED = Need(Say("They certify in writing that the records go no further."), certified)
NAMED = Need(Say("The paper names the record."), on_paper(lambda a, p: names(p.names_records, a.record)))
RECIPIENT = Need(
    Say("The paper names whoever asks as the recipient."), on_paper(lambda a, p: is_meant(p.recipient, a.request.asker))
)
REVIEWED = Need(
    Say("Counsel has looked at the paper."),
    on_paper(lambda a, p: p.counsel_reviewed_on is not None and p.counsel_reviewed_on <= a.on),
)
UNCONTESTED = Need(Say("No objection to the paper is pending."), on_paper(lambda _, p: not p.objection_pending))
VALID = Need(Say("A court's paper, signed by a judge, is in force."), of_court)
NOTICE_GIVEN = Need(Say("Parent and pupil were told in time, or the court excused it."), on_paper(notice_done))
POLICE_ASK = Need(Say("A peace officer asks."), lambda asked: asked.request.asker.capacity in ASKED_FOR_POLICE)
DISABILITY = Need(
    Say("The student has a disability or special needs."), lambda a: a.request.student.with_disability is True
)
REPORTED = Need(Say("A crime by the student was reported to them."), lambda asked: asked.request.reported_crime is True)
CONDUCT_OR_SPECIAL = Need(
    Say("The record is of special education or of discipline."),
    lambda a: a.record.kind in (RecordKind.SPECIAL_EDUCATION, RecordKind.DISCIPLINE),
)


def _purpose(*wanted: Purpose) -> Need:
    return Need(
        Say("The purpose is one that the clause names."), lambda asked: asked.request.purpose in frozenset(wanted)
    )


def _shows(kinds: frozenset[PaperKind]) -> Need:
    return Need(Say("A paper of the kind that the clause names is shown."), on_paper(lambda _, p: p.kind in kinds))


def _designated(asked: Asked) -> bool:
    return any(
        bool(one.officer) and one.officer == asked.request.asker.id and in_force(one.submitted_on, None, asked.on)
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


COURTS = register(
    Basis(
        "records.court-paper",
        _shows(COURT | SUBPOENAS),
        (
            VALID,
            NAMED,
            RECIPIENT,
            REVIEWED,
            Need(Say("The paper does not forbid notice."), on_paper(lambda _, p: p.non_disclosure is not True)),
            NOTICE_GIVEN,
            UNCONTESTED,
        ),
        tell=False,
        court_finding=True,
        owed=owed.confidentiality,
    ),
    Basis(
        "records.sealed-paper",
        _shows(COURT | SEALED),
        (
            Need(Say("The paper orders that nobody be told of it."), on_paper(lambda _, p: p.non_disclosure is True)),
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
        owed=owed.confidentiality,
    ),
)

EMERGENCY = register(
    Basis(
        "records.emergency",
        Need(Say("An emergency is stated."), lambda asked: asked.request.emergency is not None),
        (
            _purpose(Purpose.EMERGENCY),
            Need(Say("The threat is put into words: articulable and significant."), _threat),
            Need(Say("A named administrator, not whoever asks, determined it and when."), _determined),
            Need(
                Say("The determination names the recipient and this record."),
                lambda a: emergency_covers(a, a.request.asker),
            ),
            Need(Say("The emergency still lasts."), emergency_lasts),
        ),
        owed=owed.emergency,
    ),
)

JUSTICE = register(
    Basis(
        "records.juvenile-justice",
        Need(Say("A state or local juvenile justice official asks."), asks_as(Capacity.JUVENILE_AUTHORITY)),
        (
            _purpose(Purpose.JUVENILE_JUSTICE),
            Need(Say("The state statute that allows it is named."), lambda a: bool(a.request.statute.strip())),
            Need(Say("The child has not been adjudicated yet."), lambda a: a.request.before_adjudication is True),
            CERTIFIED,
        ),
    ),
    Basis(
        "records.juvenile-case",
        Need(
            Say("A probation officer, district attorney or counsel of the minor asks."),
            asks_as(Capacity.PROBATION, Capacity.DISTRICT_ATTORNEY, Capacity.MINORS_COUNSEL),
        ),
        (_purpose(Purpose.CRIMINAL_INVESTIGATION, Purpose.WARDSHIP, Purpose.PROBATION_VIOLATION), CERTIFIED),
    ),
    Basis(
        "records.truancy-prosecutor",
        Need(Say("A district attorney asks."), asks_as(Capacity.DISTRICT_ATTORNEY)),
        (_purpose(Purpose.TRUANCY_MEDIATION, Purpose.TRUANCY_PETITION, Purpose.COMPULSORY_ATTENDANCE),),
    ),
    Basis(
        "records.truancy-court",
        Need(Say("A judge or probation officer asks."), asks_as(Capacity.JUDGE, Capacity.PROBATION)),
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
            Need(
                Say("Only where the record was transferred is asked for."),
                lambda a: a.record.kind is RecordKind.TRANSFER,
            ),
            Need(Say("The agency submitted the officer's name in writing."), _designated),
            Need(
                Say("There is probable cause that the student was kidnapped."),
                lambda a: a.request.kidnapping is not None and a.request.kidnapping.probable_cause is True,
            ),
            Need(
                Say("The abductor may have enrolled the student."),
                lambda a: a.request.kidnapping is not None and a.request.kidnapping.may_be_enrolled is True,
            ),
            Need(
                Say("The investigation has begun."),
                lambda a: a.request.kidnapping is not None and a.request.kidnapping.investigation_active is True,
            ),
            Need(
                Say("The officer shows consent, emergency, subpoena or order."),
                lambda a: a.request.kidnapping is not None and a.request.kidnapping.shows is not None,
            ),
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
            Need(
                Say("The student was suspended or expelled for an assault."),
                lambda a: a.request.student.disciplined_for_assault is True,
            ),
            CONDUCT_OR_SPECIAL,
            CERTIFIED,
        ),
    ),
    Basis(
        "records.sex-offender",
        Need(
            Say("The record is a notice of a registered sex offender."),
            lambda a: a.record.kind is RecordKind.SEX_OFFENDER_NOTICE,
        ),
        (_purpose(Purpose.SEX_OFFENDER),),
        tell=False,
    ),
    Basis(
        "records.court-finding",
        Need(
            Say("The record is a juvenile court's notice of a finding."),
            lambda a: a.record.kind is RecordKind.COURT_FINDING,
        ),
        (
            Need(Say("A district employee asks."), asks_as(Capacity.EMPLOYEE)),
            Need(Say("They supervise or teach the student."), lambda a: a.request.teaches_student is True),
            _purpose(Purpose.SCHOOL_DUTY),
            Need(Say("Why they need this very record is stated."), lambda a: bool(a.record.interest.strip())),
        ),
        logged=False,
        court_finding=True,
        owed=owed.separate_file,
    ),
)

BASES = (*COURTS, *EMERGENCY, *JUSTICE, *POLICE)
