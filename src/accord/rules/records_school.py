"""Grounds for a release to family, schools and those who serve education."""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Agreement, Asked, Capacity, Purpose, RecordKind
from accord.rules import records_owed as owed
from accord.rules.records_basis import Basis, register
from accord.rules.records_claims import is_of_agency
from accord.rules.records_consents import CONSENT, CONSENT_ON_FILE
from accord.rules.records_door import ByDoor, asks_as, by_door, is_for, is_kind
from accord.rules.records_lacking import fact, of_one
from accord.rules.records_needs import holds_rights, in_force, is_adult, noticed


def _purpose(wanted: Purpose) -> ByDoor:
    return is_for(Say("The stated purpose is: {purpose}.", {"purpose": Say(wanted.label)}), wanted)


def _interest_words(asked: Asked) -> bool:
    return bool(asked.record.interest.strip())


NOTICE = fact(Say("This year's annual notice is on file."), noticed)
CRITERIA = fact(
    Say("This year's annual notice counts them among school officials and says what interest is legitimate."),
    lambda asked: (
        noticed(asked)
        and asked.request.asker.capacity in asked.on_file.notice.officials
        and asked.on_file.notice.interest_defined is True
    ),
)
INTEREST = fact(Say("The educational interest in this very record is stated, and found legitimate."), _interest_words)
SCHOOL_DUTY = _purpose(Purpose.SCHOOL_DUTY)


def _agreements(asked: Asked) -> list[Agreement]:
    """The agreements in force with whoever asks or with the agency they serve."""
    asker = asked.request.asker
    mine = (one for one in asked.on_file.agreements if one.party and one.party in (asker.id, asker.agency))
    return [one for one in mine if in_force(one.signed_on, one.ends_on, asked.on)]


AGREED = (Say("A written agreement with the party is in force."), lambda asked, one, _: True)
SERVICE = of_one(
    _agreements,
    AGREED,
    (
        Say("They do work that the district would otherwise have employees do."),
        lambda _, one, __: one.school_function is True,
    ),
    (
        Say("The district has direct control of how they use and keep the records."),
        lambda _, one, __: one.direct_control is True,
    ),
    (Say("The agreement binds them to the limits of use and redisclosure."), lambda _, one, __: one.use_limits is True),
)
STUDY = of_one(
    _agreements,
    AGREED,
    (
        Say("The agreement states purpose, scope and records of the study."),
        lambda _, one, __: one.purpose_and_scope is True,
    ),
    (Say("The agreement states how long it runs."), lambda _, one, __: one.ends_on is not None),
    (
        Say("The agreement lets no one outside the study identify a student."),
        lambda _, one, __: one.no_identification is True,
    ),
    (
        Say("The agreement states a day, not yet past, by which the records are destroyed."),
        lambda asked, one, _: one.destroy_by is not None and asked.on <= one.destroy_by,
    ),
)


def _acknowledged(asked: Asked) -> bool:
    return any(
        bool(one.person)
        and one.person == asked.request.asker.id
        and is_of_agency(asked, one.agency)
        and in_force(one.signed_on, one.ends_on, asked.on)
        for one in asked.on_file.acknowledgements
    )


ACKNOWLEDGED = fact(
    Say("Their signed acknowledgement of those limits, given for this agency, is in force."), _acknowledged
)
TEACHES = fact(Say("They teach the student."), lambda asked: asked.request.teaches_student is True)
PROGRAM = fact(Say("The program audited or evaluated is named."), lambda asked: bool(asked.request.program.strip()))


def _recent_act(asked: Asked) -> bool:
    act, years = asked.record.act_on, asked.numbers.teacher_lookback_years
    if act is None or years is None or act > asked.on:
        return False
    # A school year begins on July 1; the years before the current one count in full.
    first = asked.on.year - (asked.on.month < 7) - years
    return (act.year, act.month) >= (first, 7)


def _known_minor(asked: Asked) -> bool:
    return is_adult(asked) is False


def _is_student(asked: Asked) -> bool:
    return bool(asked.request.student.id) and asked.request.asker.id == asked.request.student.id


def _was_holder(asked: Asked) -> bool:
    asker, student = asked.request.asker.id, asked.request.student.id
    return bool(asker) and any(one.person == asker and one.student == student for one in asked.on_file.holders)


FAMILY = register(
    Basis(
        "records.consent",
        by_door(CONSENT_ON_FILE, lambda door: door.consent_on_file),
        (CONSENT,),
        logged=False,
        owed=owed.COPY_OF_CONSENT,
    ),
    Basis(
        "records.parent",
        asks_as("A parent or guardian asks.", Capacity.PARENT),
        (
            fact(
                Say("They hold the rights to the records on this day."), lambda a: holds_rights(a, a.request.asker.id)
            ),
            fact(Say("The student is not an adult on this day."), _known_minor),
        ),
        logged=False,
        tell=False,
        court_finding=True,
        owed=owed.access,
    ),
    Basis(
        "records.student",
        asks_as("The student asks.", Capacity.STUDENT),
        (
            fact(Say("The records are their own."), _is_student),
            fact(Say("The student is an adult on this day."), lambda asked: is_adult(asked) is True),
        ),
        logged=False,
        tell=False,
        court_finding=True,
        owed=owed.access,
    ),
    Basis(
        "records.dependent-adult",
        asks_as("A parent or guardian asks.", Capacity.PARENT),
        (
            fact(Say("They are a parent by what is on file."), _was_holder),
            fact(Say("The student is an adult on this day."), lambda asked: is_adult(asked) is True),
            fact(
                Say("The student is a dependent for income tax."),
                lambda asked: asked.request.student.tax_dependent is True,
            ),
        ),
        tell=False,
    ),
)


OFFICIALS = register(
    Basis(
        "records.school-employee",
        asks_as("A district employee asks.", Capacity.EMPLOYEE),
        (NOTICE, CRITERIA, SCHOOL_DUTY, INTEREST),
        logged=False,
    ),
    Basis(
        "records.contracted-official",
        asks_as("An officer, contractor or consultant asks.", Capacity.SRO, Capacity.CONTRACTOR),
        (SERVICE, ACKNOWLEDGED, NOTICE, CRITERIA, SCHOOL_DUTY, INTEREST),
        logged=False,
    ),
    Basis(
        "records.teacher-notice",
        asks_as("A district employee asks.", Capacity.EMPLOYEE),
        (
            TEACHES,
            _purpose(Purpose.TEACHER_NOTICE),
            is_kind("The record is of conduct.", RecordKind.DISCIPLINE, RecordKind.POLICE_REPORT),
            fact(Say("The act lies within the stated number of school years before this one."), _recent_act),
        ),
        logged=False,
    ),
)

EDUCATION = register(
    Basis(
        "records.other-school",
        asks_as("An official of another school asks.", Capacity.OTHER_SCHOOL),
        (
            _purpose(Purpose.ENROLLMENT),
            fact(
                Say("The student is, or seeks to be, enrolled there."),
                lambda asked: asked.request.enrolls_there is True,
            ),
        ),
        owed=owed.parent_of_transfer,
    ),
    Basis(
        "records.education-authority",
        asks_as("An education authority or auditor asks.", Capacity.EDUCATION_AUTHORITY),
        (_purpose(Purpose.AUDIT), PROGRAM),
        group=True,
        owed=owed.FURTHER_DISCLOSERS,
    ),
    Basis(
        "records.financial-aid",
        asks_as("A financial aid officer asks.", Capacity.FINANCIAL_AID),
        (
            _purpose(Purpose.FINANCIAL_AID),
            fact(
                Say("The student applied for or receives the aid."), lambda asked: asked.request.aid_applied_for is True
            ),
        ),
    ),
    Basis(
        "records.study",
        asks_as("An organization that does a study asks.", Capacity.RESEARCHER),
        (_purpose(Purpose.STUDY), STUDY),
        group=True,
        owed=owed.DESTRUCTION,
    ),
    Basis(
        "records.accreditor",
        asks_as("An accrediting organization asks.", Capacity.ACCREDITOR),
        (_purpose(Purpose.ACCREDITATION),),
        group=True,
    ),
)


def _directory_items(asked: Asked) -> bool:
    items = asked.record.items
    return bool(items) and set(items) <= set(asked.on_file.notice.directory_items)


def _opt_out_over(asked: Asked) -> bool:
    until = asked.on_file.notice.opt_out_until
    return until is not None and until < asked.on


OPEN = register(
    Basis(
        "records.directory",
        is_kind("Directory information is asked for.", RecordKind.DIRECTORY),
        (
            NOTICE,
            fact(Say("The notice names every item asked for."), _directory_items),
            fact(
                Say("The notice names the recipients."),
                lambda a: a.request.asker.capacity in a.on_file.notice.directory_recipients,
            ),
            fact(Say("The time to refuse has run out."), _opt_out_over),
            fact(
                Say("The parent has not refused."),
                lambda a: a.request.student.opted_out is False,
            ),
            fact(
                Say("The student is not homeless."),
                lambda a: a.request.student.homeless is False,
            ),
            fact(
                Say("The recipient is no private profit-making body."),
                lambda a: a.request.asker.capacity is not Capacity.PROFIT_MAKER,
            ),
        ),
        logged=False,
        tell=False,
    ),
    Basis(
        "records.without-identity",
        by_door(Say("All identifiers were removed."), lambda door: door.identifiers_removed),
        (
            fact(
                Say("Someone determined that no student can be identified, with other releases in view."),
                lambda asked: asked.record.not_identifiable is True,
            ),
            fact(Say("No code is made from personal data."), lambda asked: asked.record.code_from_identity is False),
        ),
        logged=False,
        tell=False,
        group=True,
    ),
)

BASES = (*FAMILY, *OFFICIALS, *EDUCATION, *OPEN)
