"""Closed lists for requests for student records: capacities, purposes, kinds of record and paper, answers."""

from __future__ import annotations

from accord.facts.coded import Coded


class Capacity(Coded):
    """In what capacity someone asks or receives."""

    EMPLOYEE = "employee", "District employee"
    SRO = "sro", "School resource officer"
    CONTRACTOR = "contractor", "Contractor or consultant"
    VOLUNTEER = "volunteer", "Volunteer"
    PEACE_OFFICER = "peace_officer", "Peace officer"
    IMMIGRATION_OFFICER = "immigration_officer", "Officer of an agency that enforces immigration law"
    PROBATION = "probation", "Probation officer"
    DISTRICT_ATTORNEY = "district_attorney", "District attorney"
    MINORS_COUNSEL = "minors_counsel", "Counsel of the minor"
    JUDGE = "judge", "Judge"
    JUVENILE_AUTHORITY = "juvenile_authority", "State or local juvenile justice official"
    OTHER_SCHOOL = "other_school", "Official of another school"
    EDUCATION_AUTHORITY = "education_authority", "Education authority or auditor"
    FINANCIAL_AID = "financial_aid", "Financial aid officer"
    RESEARCHER = "researcher", "Organization doing a study"
    ACCREDITOR = "accreditor", "Accrediting organization"
    PARENT = "parent", "Parent or guardian"
    STUDENT = "student", "Student"
    PROFIT_MAKER = "profit_maker", "Private profit-making body"
    OTHER = "other", "Anyone else"


class Purpose(Coded):
    """What the records are wanted for."""

    SCHOOL_DUTY = "school_duty", "A duty at school"
    CRIMINAL_INVESTIGATION = "criminal_investigation", "Criminal investigation"
    WARDSHIP = "wardship", "Wardship petition"
    PROBATION_VIOLATION = "probation_violation", "Probation violation"
    TRUANCY_MEDIATION = "truancy_mediation", "Truancy mediation"
    TRUANCY_PETITION = "truancy_petition", "Truancy petition"
    COMPULSORY_ATTENDANCE = "compulsory_attendance", "Compulsory attendance case"
    JUVENILE_JUSTICE = "juvenile_justice", "Serving a child before adjudication"
    IMMIGRATION = "immigration", "Immigration enforcement"
    EMERGENCY = "emergency", "Health or safety emergency"
    KIDNAPPING = "kidnapping", "Kidnapping inquiry"
    ENROLLMENT = "enrollment", "Enrollment in another school"
    AUDIT = "audit", "Audit or evaluation of an education program"
    FINANCIAL_AID = "financial_aid", "Financial aid"
    STUDY = "study", "Study for the district"
    ACCREDITATION = "accreditation", "Accreditation"
    OWN_CHILD = "own_child", "Own child or self"
    SEX_OFFENDER = "sex_offender", "Registered sex offender notice"
    CRIME_REPORT = "crime_report", "Records that go with a report of a crime"
    COURT = "court", "Compliance with a court's paper"
    TEACHER_NOTICE = "teacher_notice", "Telling teachers of conduct"
    BRIEFING = "briefing", "General briefing"
    OTHER = "other", "Something else"


class RecordKind(Coded):
    """What a record is, as far as a rule needs to know."""

    ATTENDANCE = "attendance", "Attendance"
    DISCIPLINE = "discipline", "Discipline"
    SPECIAL_EDUCATION = "special_education", "Special education"
    ACADEMIC = "academic", "Academic"
    HEALTH = "health", "Health"
    CONTACT = "contact", "Address and telephone"
    DIRECTORY = "directory", "Directory information"
    TRANSFER = "transfer", "Where the record was transferred"
    POLICE_REPORT = "police_report", "Police report"
    COURT_FINDING = "court_finding", "Juvenile court's notice of a finding"
    SEX_OFFENDER_NOTICE = "sex_offender_notice", "Notice of a registered sex offender"
    OTHER = "other", "Other record"


class MadeFor(Coded):
    """Why a record was made."""

    LAW_ENFORCEMENT = "law_enforcement", "To enforce the law"
    BOTH = "both", "To enforce the law and for the school"
    SCHOOL = "school", "For the school only"


class PaperKind(Coded):
    """What a paper shown is. Only the first four come from a court."""

    JUDICIAL_ORDER = "judicial_order", "Court order"
    JUDICIAL_WARRANT = "judicial_warrant", "Judicial warrant"
    JUDICIAL_SUBPOENA = "judicial_subpoena", "Judicial subpoena"
    GRAND_JURY = "grand_jury", "Federal grand jury subpoena"
    LAW_ENFORCEMENT_SUBPOENA = "law_enforcement_subpoena", "Subpoena for law enforcement"
    TERRORISM_ORDER = "terrorism_order", "Order on application of the U.S. Attorney General"
    ADMINISTRATIVE_SUBPOENA = "administrative_subpoena", "Administrative subpoena"
    ADMINISTRATIVE_WARRANT = "administrative_warrant", "Administrative warrant"


class SignerRole(Coded):
    """As what a consent was signed."""

    PARENT = "parent", "Parent"
    GUARDIAN = "guardian", "Guardian"
    RIGHTS_HOLDER = "education_rights_holder", "Holder of education rights"
    STUDENT = "eligible_student", "Adult student"


class AuthorityShown(Coded):
    """What an officer of a kidnapping inquiry shows."""

    CONSENT = "consent", "Consent of the parent"
    EMERGENCY = "emergency", "Emergency"
    SUBPOENA = "subpoena", "Subpoena"
    ORDER = "order", "Court order"


class Ruling(Coded):
    """The answer to a request."""

    RELEASE = "release", "Release"
    IN_PART = "release in part", "Release in part"
    DENY = "deny", "Deny"
    COUNSEL = "counsel review", "Counsel review"
    NOT_EDUCATION = "not an education record", "Not an education record"
