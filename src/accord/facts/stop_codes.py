"""The closed lists of a stop as reported under RIPA since 1 January 2024, with the numbers of the state's collection.

Source: Gov Code 12525.5; 11 CCR 999.226 as amended; numbers as one sheriff's public filing application sends them.
Another form of the data (2018-2023, or the published annual files) numbers some answers otherwise: see
`stop_codes_published.py`. Never read a number of one form with a list of another.
"""

from __future__ import annotations

from accord.facts.coded import Coded

NONBINARY = "5"
"""The number sent in the field of its own that says "nonbinary person"; it may stand beside a perceived gender."""


class StopType(Coded):
    """How the person stopped was moving. Everything that is neither a vehicle nor a bicycle is pedestrian."""

    VEHICULAR = "1", "Vehicle"
    BICYCLE = "2", "Bicycle"
    PEDESTRIAN = "3", "On foot, and anything else (a school hallway too)"


class LocationKind(Coded):
    """How the place is given, the most exact way first."""

    COORDINATES = "1", "Coordinates"
    BLOCK = "2", "Block and street"
    INTERSECTION = "3", "Intersection"
    HIGHWAY = "4", "Highway and nearest exit"
    OTHER = "5", "Landmark or other description"


class RipaRace(Coded):
    """Race or ethnicity as an officer perceived it. Never what a school recorded."""

    ASIAN = "1", "Asian"
    BLACK = "2", "Black or African American"
    HISPANIC = "3", "Hispanic or Latine"
    MIDDLE_EASTERN_SOUTH_ASIAN = "4", "Middle Eastern or South Asian"
    NATIVE_AMERICAN = "5", "Native American"
    PACIFIC_ISLANDER = "6", "Pacific Islander"
    WHITE = "7", "White"


class RipaGender(Coded):
    """Gender as an officer perceived it. Nonbinary is a field of its own, `NONBINARY`."""

    CISGENDER_MAN = "1", "Cisgender man or boy"
    CISGENDER_WOMAN = "2", "Cisgender woman or girl"
    TRANSGENDER_MAN = "3", "Transgender man or boy"
    TRANSGENDER_WOMAN = "4", "Transgender woman or girl"


class RipaOrientation(Coded):
    """Sexual orientation as an officer perceived it."""

    LGB = "1", "LGB+"
    STRAIGHT = "2", "Straight or heterosexual"


class RipaDisability(Coded):
    """Disability as an officer perceived or knew it, 2024 form. The published files number 6 and 7 otherwise."""

    HEARING = "1", "Deaf or hard of hearing"
    SPEECH = "2", "Speech impairment or limited use of language"
    SIGHT = "3", "Blind or limited vision"
    MENTAL_HEALTH = "4", "Mental health condition"
    DEVELOPMENTAL = "5", "Intellectual or developmental disability, dementia included"
    OTHER = "6", "Another disability"
    HYPERACTIVITY = "7", "Hyperactivity or impulsive behavior (students only)"
    NONE = "8", "None"


class StopReason(Coded):
    """Why the person was stopped: the one main reason."""

    TRAFFIC = "1", "Traffic violation"
    SUSPICION = "2", "Reasonable suspicion of a crime"
    SUPERVISION = "3", "Known to be on parole, probation or other supervision"
    WARRANT = "4", "Known warrant, or wanted"
    TRUANCY = "5", "To find out whether the person was truant"
    CONSENSUAL = "6", "Consensual encounter that led to a search"
    EDUCATION_CODE = "7", "Conduct that may warrant discipline under the Education Code"
    SCHOOL_POLICY = "8", "To find out whether the student broke a school rule"
    PROBABLE_CAUSE = "9", "Probable cause to arrest or search"
    PSYCHIATRIC = "10", "Probable cause for a psychiatric hold (5150)"


class TrafficType(Coded):
    """What kind of traffic violation."""

    MOVING = "1", "Moving"
    EQUIPMENT = "2", "Equipment"
    NON_MOVING = "3", "Non-moving, registration included"


class SuspicionDetail(Coded):
    """What reasonable suspicion or probable cause rested on. One list serves both."""

    WITNESSED = "1", "Officer saw a crime"
    MATCHED_PERSON = "2", "Matched a description"
    IDENTIFIED = "3", "Victim or witness identified the person"
    OBJECT = "4", "Carried a suspicious object"
    CASING = "5", "Acted as if casing a victim or place"
    LOOKOUT = "6", "Acted as a lookout"
    DRUG_DEAL = "7", "Acted as if dealing drugs"
    VIOLENT = "8", "Acted as if in a violent crime"
    OTHER = "9", "Other"
    MATCHED_VEHICLE = "10", "Vehicle matched a description"


class EdCodeSection(Coded):
    """The section of the Education Code in question, for reason 7."""

    S48900 = "1", "48900"
    S48900_2 = "2", "48900.2"
    S48900_3 = "3", "48900.3"
    S48900_4 = "4", "48900.4"
    S48900_7 = "5", "48900.7"


class EdCodeSubdivision(Coded):
    """The subdivision of Education Code 48900."""

    A1 = "1", "48900(a)(1)"
    A2 = "2", "48900(a)(2)"
    B = "3", "48900(b)"
    C = "4", "48900(c)"
    D = "5", "48900(d)"
    E = "6", "48900(e)"
    F = "7", "48900(f)"
    G = "8", "48900(g)"
    H = "9", "48900(h)"
    I = "10", "48900(i)"  # noqa: E741 - the letters are the law's
    J = "11", "48900(j)"
    K1 = "12", "48900(k)(1)"
    L = "13", "48900(l)"
    M = "14", "48900(m)"
    N = "15", "48900(n)"
    O = "16", "48900(o)"  # noqa: E741 - the letters are the law's
    P = "17", "48900(p)"
    Q = "18", "48900(q)"
    R = "19", "48900(r)"


class ReasonGiven(Coded):
    """What the officer told the person about the reason."""

    MOVING = "1", "Moving violation"
    EQUIPMENT = "2", "Equipment violation"
    NON_MOVING = "3", "Non-moving violation"
    WITNESSED = "4", "Officer saw a crime"
    MATCHED_PERSON = "5", "Matched a description"
    MATCHED_VEHICLE = "6", "Vehicle matched a description"
    IDENTIFIED = "7", "Victim or witness identified the person"
    OBJECT = "8", "Carried a suspicious object"
    CASING = "9", "Acted as if casing"
    LOOKOUT = "10", "Acted as a lookout"
    DRUG_DEAL = "11", "Acted as if dealing drugs"
    VIOLENT = "12", "Acted as if in a violent crime"
    OTHER = "13", "Other suspicion or cause"
    PROBABLE_CAUSE = "14", "Probable cause to arrest or search"
    PSYCHIATRIC = "15", "Psychiatric hold (5150)"
    SUPERVISION = "16", "Parole, probation or other supervision"
    WARRANT = "17", "Warrant, or wanted"
    TRUANCY = "18", "Truancy"
    CONSENSUAL = "19", "Consensual encounter"
    EDUCATION_CODE = "20", "Conduct under the Education Code (students only)"
    SCHOOL_POLICY = "21", "School rule (students only)"
    NOT_COMMUNICATED = "22", "Not told, because of an imminent threat"


class NonForceAction(Coded):
    """What the officer did without force."""

    STATEMENT = "1", "Took an admission or written statement from a student"
    ASKED_PERSON = "2", "Asked to search the person"
    ASKED_PROPERTY = "3", "Asked to search property"
    ASKED_PASSENGER_ID = "4", "Asked a passenger for identification"
    ASKED_SUPERVISION = "5", "Asked about parole or probation"
    CURBSIDE = "6", "Curbside detention"
    SOBRIETY = "7", "Field sobriety test"
    PATROL_CAR = "8", "Detention in the patrol car"
    CANINE_SEARCH = "9", "Canine search"
    PHOTOGRAPHED = "10", "Took a photograph"
    ORDERED_OUT = "11", "Ordered out of a vehicle"
    SEIZED = "12", "Seized property"
    RAN_PASSENGER = "13", "Ran a passenger's name"
    SEARCHED_PERSON = "14", "Searched the person"
    SEARCHED_PROPERTY = "15", "Searched property"
    FRISK = "16", "Frisk for weapons"
    IMPOUNDED = "17", "Impounded a vehicle"
    NONE = "18", "None"


class ForceAction(Coded):
    """What force the officer used."""

    HANDCUFFED = "1", "Handcuffs or flex cuffs"
    BATON_DRAWN = "2", "Baton drawn"
    BATON_USED = "3", "Baton or another impact weapon used"
    CHEMICAL = "4", "Chemical spray"
    DEVICE_POINTED = "5", "Electronic control device pointed or sparked"
    DEVICE_STUN = "6", "Electronic control device, drive stun"
    DEVICE_DART = "7", "Electronic control device, dart"
    FIREARM_UNHOLSTERED = "8", "Firearm unholstered"
    FIREARM_POINTED = "9", "Firearm pointed"
    FIREARM_DISCHARGED = "10", "Firearm discharged"
    PROJECTILE_POINTED = "11", "Impact projectile pointed"
    PROJECTILE_USED = "12", "Impact projectile used"
    CANINE_COMPLIANCE = "13", "Canine used to gain compliance"
    CANINE_BITE = "14", "Canine bit or held"
    PULLED_OUT = "15", "Pulled out of a vehicle"
    PHYSICAL = "16", "Physical compliance tactics"
    VEHICLE = "17", "Vehicle used as force"
    NONE = "18", "None"


class SearchBasis(Coded):
    """On what ground the officer searched."""

    CONSENT_VERBAL = "1", "Consent, spoken"
    OFFICER_SAFETY = "2", "Safety of the officer or others"
    WARRANT = "3", "Search warrant"
    SUPERVISION = "4", "Condition of parole, probation or other supervision"
    WEAPONS = "5", "Suspected weapons"
    VISIBLE = "6", "Visible contraband"
    ODOR = "7", "Odor of contraband"
    CANINE = "8", "Canine alert"
    EVIDENCE = "9", "Evidence of a crime"
    ARREST = "10", "Incident to arrest"
    EXIGENT = "11", "Emergency"
    INVENTORY = "12", "Vehicle inventory"
    SCHOOL_POLICY = "13", "Suspected break of a school rule (students only)"
    CONSENT_WRITTEN = "14", "Consent, written"
    CONSENT_IMPLIED = "15", "Consent, implied by conduct"


class ConsentType(Coded):
    """In what form consent to a search was given."""

    VERBAL = "1", "Spoken"
    WRITTEN = "2", "Written"
    IMPLIED = "3", "Implied by conduct"


class Contraband(Coded):
    """What was found."""

    NONE = "1", "Nothing"
    FIREARM = "2", "Firearm"
    AMMUNITION = "3", "Ammunition"
    OTHER_WEAPON = "4", "Another weapon"
    DRUGS = "5", "Drugs"
    ALCOHOL = "6", "Alcohol"
    MONEY = "7", "Money"
    PARAPHERNALIA = "8", "Drug paraphernalia"
    STOLEN = "9", "Suspected stolen property"
    DEVICE = "10", "Phone or electronic device"
    OTHER = "11", "Other"


class SeizureBasis(Coded):
    """On what ground property was taken."""

    SAFEKEEPING = "1", "Safekeeping"
    CONTRABAND = "2", "Contraband"
    EVIDENCE = "3", "Evidence"
    IMPOUND = "4", "Vehicle impound"
    ABANDONED = "5", "Abandoned property"
    SCHOOL_POLICY = "6", "Suspected break of a school rule (students only)"


class PropertyType(Coded):
    """What was taken."""

    FIREARM = "1", "Firearm"
    AMMUNITION = "2", "Ammunition"
    OTHER_WEAPON = "3", "Another weapon"
    DRUGS = "4", "Drugs"
    ALCOHOL = "5", "Alcohol"
    MONEY = "6", "Money"
    PARAPHERNALIA = "7", "Drug paraphernalia"
    STOLEN = "8", "Suspected stolen property"
    DEVICE = "9", "Phone or electronic device"
    VEHICLE = "10", "Vehicle"
    OTHER = "11", "Other"


class StopResult(Coded):
    """How the stop ended. There is no 2 since 2024: a warning is spoken (14) or written (15)."""

    NO_ACTION = "1", "No action"
    CITATION = "3", "Citation for an infraction"
    CITE_RELEASE = "4", "Cited and released in the field"
    ARREST_WARRANT = "5", "Custodial arrest on a warrant"
    ARREST = "6", "Custodial arrest without a warrant"
    INTERVIEW_CARD = "7", "Field interview card"
    TRANSPORT = "8", "Noncriminal or caretaking transport"
    GUARDIAN = "9", "Contacted parent, guardian or responsible person"
    PSYCHIATRIC_HOLD = "10", "Psychiatric hold"
    HOMELAND_SECURITY = "11", "Contacted the Department of Homeland Security"
    SCHOOL_ADMINISTRATOR = "12", "Referred to a school administrator (students only)"
    SCHOOL_COUNSELOR = "13", "Referred to a school counselor or support staff (students only)"
    VERBAL_WARNING = "14", "Spoken warning"
    WRITTEN_WARNING = "15", "Written warning"


class OfficerAssignment(Coded):
    """What the officer was assigned to."""

    PATROL = "1", "Patrol, traffic or field operations"
    GANG = "2", "Gang enforcement"
    COMPLIANCE = "3", "Compliance check"
    SPECIAL_EVENTS = "4", "Special events"
    ROADBLOCK = "5", "Roadblock or sobriety checkpoint"
    NARCOTICS = "6", "Narcotics or vice"
    TASK_FORCE = "7", "Task force"
    SCHOOL = "8", "K-12 public school"
    INVESTIGATIVE = "9", "Investigations"
    OTHER = "10", "Other (say which)"
    OFF_DUTY = "11", "Off duty or private event"
    CONTRACTED = "12", "Contracted by another agency (say which)"


class Transaction(Coded):
    """What the state is asked to do with the record."""

    INSERT = "I", "First report"
    UPDATE = "U", "Update of a record reported before"
