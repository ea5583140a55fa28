"""Requests by immigration enforcement: what was asked, which paper was shown, what followed. Never whose status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accord.facts.coded import Coded


class Wanted(Coded):
    """What is asked for. One report may name several."""

    ENTRY = "entry", "To enter a place that is not open to the public"
    INFORMATION = "information", "Information about a student or a family"
    PRESENCE = "presence", "Nothing yet: they are at the school or just outside"
    OFFICER_HELP = "officer_help", "Help from the school resource officer"


class Known(Coded):
    """Yes, no, or nobody knows. Not known is never yes."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Paper(Coded):
    """Which paper is shown. Only a court makes a judicial one."""

    NONE = "none", "No paper"
    ADMINISTRATIVE_WARRANT = "administrative_warrant", "Administrative warrant (form I-200 or I-205)"
    ADMINISTRATIVE_SUBPOENA = "administrative_subpoena", "Administrative subpoena (form I-138)"
    OTHER_FORM = "other_form", "Another form of the agency"
    JUDICIAL_WARRANT = "judicial_warrant", "Judicial warrant"
    JUDICIAL_SUBPOENA = "judicial_subpoena", "Judicial subpoena"
    COURT_ORDER = "court_order", "Court order"
    NOT_KNOWN = "not_known", "Not known, or nobody has looked"

    @property
    def judicial(self) -> bool:
        """Is this the kind of paper that a judge of a court signs?"""
        return self in (Paper.JUDICIAL_WARRANT, Paper.JUDICIAL_SUBPOENA, Paper.COURT_ORDER)


class Area(Coded):
    """Where they are or want to go."""

    PUBLIC = "public", "Open to anyone (sidewalk, parking, front counter)"
    NONPUBLIC = "nonpublic", "Not open to the public (classroom, hall, office, gate)"
    NOT_KNOWN = "not_known", "Not known"


class EnforcementAgency(Coded):
    """Who they say they are."""

    ICE = "ice", "ICE"
    CBP = "cbp", "Border Patrol or CBP"
    HSI = "hsi", "HSI"
    LOCAL = "local", "Local police or sheriff, for one of these"
    OTHER = "other", "Another agency"
    NOT_KNOWN = "not_known", "Not known"


class StaffMay(Coded):
    """What staff may do now."""

    NO = "no", "No"
    AFTER_COUNSEL = "after_counsel", "Only after the Superintendent and counsel"
    AS_PAPER_SAYS = "as_paper_says", "As the paper says, and no further"
    LIKE_ANYONE = "like_anyone", "As anyone may: staff open nothing"


class Kept(Coded):
    """What a review found: were policy and law kept?"""

    KEPT = "kept", "Kept"
    NOT_KEPT = "not_kept", "Not kept"


@dataclass(frozen=True)
class Demand:
    """One thing asked for, and the paper shown for it.

    `signed`: by a judge of a court. `covers`: does the paper name this place, or this information? `cleared`: has the
    Superintendent, with counsel, said on file that the paper binds the district?
    """

    wanted: Wanted
    paper: Paper = Paper.NOT_KNOWN
    signed: Known = Known.NOT_KNOWN
    covers: Known = Known.NOT_KNOWN
    area: Area = Area.NOT_KNOWN
    cleared: Known = Known.NOT_KNOWN


@dataclass(frozen=True)
class EnforcementRequest:
    """A request as it is registered. It has no place for a student, and none for anyone's status.

    Times in UTC. `about_family`: did they ask about somebody at the school? Never about whom. `notice_barred`: does a
    court order, or a child abuse investigation, keep the school from telling the parent? `present`: has the school
    confirmed that they are on the site?
    """

    wanted: tuple[Wanted, ...] = ()
    paper: Paper = Paper.NOT_KNOWN
    signed: Known = Known.NOT_KNOWN
    covers: Known = Known.NOT_KNOWN
    area: Area = Area.NOT_KNOWN
    came_at: datetime | None = None
    left_at: datetime | None = None
    present: Known = Known.NOT_KNOWN
    confirmed_at: datetime | None = None
    agency: EnforcementAgency = EnforcementAgency.NOT_KNOWN
    officers: str = ""
    badges: str = ""
    supervisor_phone: str = ""
    reason_stated: str = ""
    issuing_authority: str = ""
    scope: str = ""
    staff: str = ""
    asked_for: str = ""
    response: str = ""
    further_acts: str = ""
    entered: Known = Known.NOT_KNOWN
    entered_where: str = ""
    informed: Known = Known.NOT_KNOWN
    officer_helped: Known = Known.NOT_KNOWN
    denied_by: str = ""
    denial_witness: str = ""
    superintendent_told_at: datetime | None = None
    about_family: Known = Known.NOT_KNOWN
    notice_barred: bool = False
    name_kept_because: str = ""

    def demands(self, cleared: Known = Known.NOT_KNOWN) -> tuple[Demand, ...]:
        """Everything asked for, each held against the one paper."""
        paper = (self.paper, self.signed, self.covers, self.area, cleared)
        return tuple(Demand(one, *paper) for one in self.wanted)


@dataclass(frozen=True)
class EnforcementReview:
    """Who may review a request: its author, whoever reviews, and whether that person is a school resource officer."""

    author: str
    reviewer: str
    is_officer: bool


@dataclass(frozen=True)
class Clearing:
    """What stands behind saying that a paper binds the district, or does not. `on_file`: is a copy of it kept?"""

    paper: Paper
    signed: Known
    on_file: bool
    is_officer: bool
    why: str = ""
    binds: bool = True


@dataclass(frozen=True)
class PledgeSigning:
    """The facts of an officer's signature: in service, the own name typed, the own password typed again."""

    serves: bool
    own_name: bool
    authenticated: bool


@dataclass(frozen=True)
class OfficerPledge:
    """An officer in service since a day, and the day of the newest acknowledgement; None where there is none."""

    since: date
    acknowledged_on: date | None = None


@dataclass(frozen=True)
class RegisteredRequest:
    """A request on the register as a control reads it; `found` is None while nobody but the author has looked."""

    filed_on: date
    found: Kept | None = None


@dataclass(frozen=True)
class RequestRegister:
    """Every officer in service on a day, and every request filed by then."""

    officers: tuple[OfficerPledge, ...] = ()
    requests: tuple[RegisteredRequest, ...] = ()
