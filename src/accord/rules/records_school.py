"""Grounds for a release to family, schools and those who serve education."""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Asked, Capacity, Purpose, RecordKind
from accord.rules import records_owed as owed
from accord.rules.records_basis import Basis, register
from accord.rules.records_needs import (
    CONSENT,
    Need,
    agreement,
    asks_as,
    candidate,
    holds_rights,
    in_force,
    is_adult,
    noticed,
)


def _consent_needs() -> tuple[Need, ...]:
    def need(index: int) -> Need:
        words, test = CONSENT[index]
        return Need(words, lambda asked: test(asked, candidate(asked), asked.request.asker))

    return tuple(need(index) for index in range(1, len(CONSENT)))


def _acknowledged(asked: Asked) -> bool:
    return any(
        bool(one.person) and one.person == asked.request.asker.id and in_force(one.signed_on, one.ends_on, asked.on)
        for one in asked.on_file.acknowledgements
    )


def _purpose(wanted: Purpose) -> Need:
    return Need(
        Say("The stated purpose is: {purpose}.", {"purpose": Say(wanted.label)}),
        lambda asked: asked.request.purpose is wanted,
    )


def _interest_words(asked: Asked) -> bool:
    return bool(asked.record.interest.strip())


AGREED = Need(Say("A written agreement with the party is in force."), lambda asked: bool(agreement(asked).party))
NOTICE = Need(Say("This year's annual notice is on file."), noticed)
CRITERIA = Need(
    Say("This year's annual notice counts them among school officials and says what interest is legitimate."),
    lambda asked: (
        noticed(asked)
        and asked.request.asker.capacity in asked.on_file.notice.officials
        and asked.on_file.notice.interest_defined is True
    ),
)
INTEREST = Need(Say("The educational interest in this very record is stated."), _interest_words)
SCHOOL_DUTY = _purpose(Purpose.SCHOOL_DUTY)
FUNCTION = Need(
    Say("They do work that the district would otherwise have employees do."),
    lambda asked: agreement(asked).school_function is True,
)
CONTROL = Need(
    Say("The district has direct control of how they use and keep the records."),
    lambda asked: agreement(asked).direct_control is True,
)
BOUND = Need(
    Say("The agreement binds them to the limits of use and redisclosure."),
    lambda asked: agreement(asked).use_limits is True,
)
ACKNOWLEDGED = Need(Say("Their signed acknowledgement of those limits is in force."), _acknowledged)
TEACHES = Need(Say("They teach the student."), lambda asked: asked.request.teaches_student is True)
LIMITED = Need(
    Say("The agreement lets no one outside the study identify a student."),
    lambda asked: agreement(asked).no_identification is True,
)
DESTROYED = Need(
    Say("The agreement states a day, not yet past, by which the records are destroyed."),
    lambda asked: agreement(asked).destroy_by is not None and asked.on <= (agreement(asked).destroy_by or asked.on),
)
SCOPED = Need(
    Say("The agreement states purpose, scope and records of the study."),
    lambda asked: agreement(asked).purpose_and_scope is True,
)
DURATION = Need(Say("The agreement states how long it runs."), lambda asked: agreement(asked).ends_on is not None)
PROGRAM = Need(Say("The program audited or evaluated is named."), lambda asked: bool(asked.request.program.strip()))


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
        Need(CONSENT[0][0], lambda asked: CONSENT[0][1](asked, candidate(asked), asked.request.asker)),
        _consent_needs(),
        logged=False,
        owed=owed.copy_of_consent,
    ),
    Basis(
        "records.parent",
        Need(Say("A parent or guardian asks."), asks_as(Capacity.PARENT)),
        (
            Need(
                Say("They hold the rights to the records on this day."), lambda a: holds_rights(a, a.request.asker.id)
            ),
            Need(Say("The student is not an adult on this day."), _known_minor),
        ),
        logged=False,
        tell=False,
        court_finding=True,
        owed=owed.access,
    ),
    Basis(
        "records.student",
        Need(Say("The student asks."), asks_as(Capacity.STUDENT)),
        (
            Need(Say("The records are their own."), _is_student),
            Need(Say("The student is an adult on this day."), lambda asked: is_adult(asked) is True),
        ),
        logged=False,
        tell=False,
        court_finding=True,
        owed=owed.access,
    ),
    Basis(
        "records.dependent-adult",
        Need(Say("A parent or guardian asks."), asks_as(Capacity.PARENT)),
        (
            Need(Say("They are a parent by what is on file."), _was_holder),
            Need(Say("The student is an adult on this day."), lambda asked: is_adult(asked) is True),
            Need(
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
        Need(Say("A district employee asks."), asks_as(Capacity.EMPLOYEE)),
        (NOTICE, CRITERIA, SCHOOL_DUTY, INTEREST),
        logged=False,
    ),
    Basis(
        "records.contracted-official",
        Need(Say("An officer, contractor or consultant asks."), asks_as(Capacity.SRO, Capacity.CONTRACTOR)),
        (AGREED, FUNCTION, CONTROL, BOUND, ACKNOWLEDGED, NOTICE, CRITERIA, SCHOOL_DUTY, INTEREST),
        logged=False,
    ),
    Basis(
        "records.teacher-notice",
        Need(Say("A district employee asks."), asks_as(Capacity.EMPLOYEE)),
        (
            TEACHES,
            _purpose(Purpose.TEACHER_NOTICE),
            Need(
                Say("The record is of conduct."),
                lambda a: a.record.kind in (RecordKind.DISCIPLINE, RecordKind.POLICE_REPORT),
            ),
            Need(Say("The act lies within the stated number of school years before this one."), _recent_act),
        ),
        logged=False,
    ),
)

EDUCATION = register(
    Basis(
        "records.other-school",
        Need(Say("An official of another school asks."), asks_as(Capacity.OTHER_SCHOOL)),
        (
            _purpose(Purpose.ENROLLMENT),
            Need(
                Say("The student is, or seeks to be, enrolled there."),
                lambda asked: asked.request.enrolls_there is True,
            ),
        ),
        owed=owed.parent_of_transfer,
    ),
    Basis(
        "records.education-authority",
        Need(Say("An education authority or auditor asks."), asks_as(Capacity.EDUCATION_AUTHORITY)),
        (_purpose(Purpose.AUDIT), PROGRAM),
        group=True,
        owed=owed.further_disclosers,
    ),
    Basis(
        "records.financial-aid",
        Need(Say("A financial aid officer asks."), asks_as(Capacity.FINANCIAL_AID)),
        (
            _purpose(Purpose.FINANCIAL_AID),
            Need(
                Say("The student applied for or receives the aid."), lambda asked: asked.request.aid_applied_for is True
            ),
        ),
    ),
    Basis(
        "records.study",
        Need(Say("An organization that does a study asks."), asks_as(Capacity.RESEARCHER)),
        (_purpose(Purpose.STUDY), AGREED, SCOPED, DURATION, LIMITED, DESTROYED),
        group=True,
        owed=owed.destruction,
    ),
    Basis(
        "records.accreditor",
        Need(Say("An accrediting organization asks."), asks_as(Capacity.ACCREDITOR)),
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
        Need(Say("Directory information is asked for."), lambda a: a.record.kind is RecordKind.DIRECTORY),
        (
            NOTICE,
            Need(Say("The notice names every item asked for."), _directory_items),
            Need(
                Say("The notice names the recipients."),
                lambda a: a.request.asker.capacity in a.on_file.notice.directory_recipients,
            ),
            Need(Say("The time to refuse has run out."), _opt_out_over),
            Need(
                Say("The parent has not refused."),
                lambda a: a.request.student.opted_out is False,
            ),
            Need(
                Say("The student is not homeless."),
                lambda a: a.request.student.homeless is False,
            ),
            Need(
                Say("The recipient is no private profit-making body."),
                lambda a: a.request.asker.capacity is not Capacity.PROFIT_MAKER,
            ),
        ),
        logged=False,
        tell=False,
    ),
    Basis(
        "records.without-identity",
        Need(Say("All identifiers were removed."), lambda asked: asked.record.identifiers_removed is True),
        (
            Need(
                Say("Someone determined that no student can be identified, with other releases in view."),
                lambda asked: asked.record.not_identifiable is True,
            ),
            Need(Say("No code is made from personal data."), lambda asked: asked.record.code_from_identity is False),
        ),
        logged=False,
        tell=False,
        group=True,
    ),
)

BASES = (*FAMILY, *OFFICIALS, *EDUCATION, *OPEN)
