"""The closed lists of what is told of one person contacted. Grounds, force and things found stand in `stop_codes`."""

from __future__ import annotations

from accord.facts.coded import Coded


class Answer(Coded):
    """Yes, no, or honestly not known. Not answered at all is none of these."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Counsel(Coded):
    """How the person consulted a lawyer before being questioned."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video conference"
    NOT_CONSULTED = "not_consulted", "No lawyer was consulted"
    UNKNOWN = "unknown", "Not known"


class Urgency(Coded):
    """The two facts that together excuse questioning before a lawyer was consulted."""

    IMMINENT_THREAT = "imminent_threat", "The answers were needed at once to protect life or property"
    LIMITED = "limited", "Only what was needed for that was asked"


class Rights(Coded):
    """When the person was told of the right to silence and to a lawyer."""

    BEFORE = "before", "Before the questions"
    AFTER = "after", "After questions had begun"
    NOT_TOLD = "not_told", "Not told"
    UNKNOWN = "unknown", "Not known"


class Searcher(Coded):
    """Who searched."""

    SCHOOL_OFFICER = "school_officer", "The school resource officer"
    OTHER_OFFICER = "other_officer", "Another peace officer"
    ADMINISTRATOR = "administrator", "Principal or other administrator"
    STAFF = "staff", "Other school staff"


class Witness(Coded):
    """Who was present at a search without searching."""

    STAFF_SAME_GENDER = "staff_same_gender", "School employee of the person's gender"
    OTHER_STAFF = "other_staff", "Another school employee"
    OTHER_OFFICER = "other_officer", "Another peace officer"
    PARENT = "parent", "Parent or guardian"
    NOBODY = "nobody", "Nobody"


class Standard(Coded):
    """How strong the reason for a search was, at the moment it began."""

    CONSENT = "consent", "Consent"
    REASONABLE_SUSPICION = "reasonable_suspicion", "Reasonable suspicion"
    PROBABLE_CAUSE = "probable_cause", "Probable cause"
    WARRANT = "warrant", "Warrant"
    SUPERVISION = "supervision", "Condition of probation or other supervision"
    LESS = "less", "Less than reasonable suspicion"
    UNKNOWN = "unknown", "Not known"


class Extent(Coded):
    """How far a search went. What the law forbids an employee is one answer, so that it can be told and followed up."""

    OUTER_CLOTHING = "outer_clothing", "Pockets and outer clothing"
    BAG = "bag", "Bag or other belongings"
    LOCKER = "locker", "Locker or desk"
    VEHICLE = "vehicle", "Vehicle"
    DEVICE = "device", "Contents of a phone or other device"
    BENEATH_CLOTHING = "beneath_clothing", "Beneath the clothing (forbidden to school employees)"


class Injury(Coded):
    """How badly somebody was hurt."""

    NONE = "none", "Not hurt"
    INJURY = "injury", "Hurt"
    SERIOUS = "serious", "Serious bodily injury"
    DEATH = "death", "Died"
    UNKNOWN = "unknown", "Not known"


class Aid(Coded):
    """What medical aid the person got."""

    ON_SCENE = "on_scene", "Treated on the spot"
    SCHOOL_NURSE = "school_nurse", "Seen by the school nurse"
    HOSPITAL = "hospital", "Taken to a hospital or clinic"
    REFUSED = "refused", "Offered and refused"
    NOT_GIVEN = "not_given", "None given"


class RestraintDevice(Coded):
    """What held the person."""

    HANDCUFFS = "handcuffs", "Handcuffs"
    FLEX_CUFFS = "flex_cuffs", "Flex cuffs"
    LEG_RESTRAINT = "leg_restraint", "Leg restraint"
    OTHER = "other", "Another device (say which in the narrative)"


class GivenTo(Coded):
    """Where property went that was taken."""

    EVIDENCE = "evidence", "Kept by the police as evidence"
    SAFEKEEPING = "safekeeping", "Kept by the police for safekeeping"
    SCHOOL = "school", "Given to the school"
    PARENT = "parent", "Given to a parent or guardian"
    RETURNED = "returned", "Given back to the person"
    DESTROYED = "destroyed", "To be destroyed"


class SchoolContact(Coded):
    """Who at the school was told."""

    ADMINISTRATOR = "administrator", "Principal or other administrator"
    COUNSELOR = "counselor", "Counselor, psychologist or social worker"
    OTHER_STAFF = "other_staff", "Other staff"


class NoticeWay(Coded):
    """How a parent or guardian was tried to be told."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    MESSAGE = "message", "Text message or email"
    LETTER = "letter", "Letter"


class Reached(Coded):
    """What came of it."""

    REACHED = "reached", "Parent or guardian was told"
    MESSAGE_LEFT = "message_left", "Message left"
    NOT_REACHED = "not_reached", "Nobody was reached"


class Language(Coded):
    """The language a parent or guardian was told in, by its code in ISO 639."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    ARABIC = "ar", "Arabic"
    ARMENIAN = "hy", "Armenian"
    CHINESE = "zh", "Chinese (any)"
    FARSI = "fa", "Farsi"
    HMONG = "hmn", "Hmong"
    KHMER = "km", "Khmer"
    KOREAN = "ko", "Korean"
    PUNJABI = "pa", "Punjabi"
    RUSSIAN = "ru", "Russian"
    TAGALOG = "tl", "Tagalog or Filipino"
    VIETNAMESE = "vi", "Vietnamese"
    OTHER = "mis", "Another language"
