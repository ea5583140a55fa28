"""The decision on records written a second time, from the clauses and over plain values, to hold the rule against.

It shares nothing with the rule but the codes: no dataclass, no table of grounds, no helper.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

COURT = ("judicial_order", "judicial_warrant", "judicial_subpoena")
SILENT = (*COURT, "grand_jury", "law_enforcement_subpoena", "terrorism_order")


def answer(given: dict[str, Any], numbers: dict[str, Any]) -> str:
    """What the answer to a request is; `given` holds `on`, `request` and `on_file` as a worked case does."""
    given = {**given, "request": believed(given)}
    one = Look(given, numbers)
    each = [one.about(record) for record in given["request"].get("records") or [{}]]
    kinds = set(each)
    if len(kinds) == 1:
        return each[0]
    if "release" in kinds:
        return "release in part"
    return "counsel review" if "counsel review" in kinds else "deny"


def believed(given: dict[str, Any]) -> dict[str, Any]:
    """The request, less every claim whose last word is no dated yes of somebody else."""
    r = {**given["request"]}
    asker = r.get("asker", {})
    for claim in r.get("claims", []):
        words = [c for c in given.get("on_file", {}).get("confirmations", []) if c["claim"] == claim]
        last = words[-1] if words else {}
        told = last.get("yes") is True and (last.get("by") or asker.get("id")) != asker.get("id")
        if told and last.get("by") and last.get("confirmed_on", "9999") <= given["on"]:
            continue
        if claim == "interest":
            r["records"] = [{**record, "interest": ""} for record in r.get("records", [])]
        elif claim == "agency":
            r["asker"] = {**asker, "agency": ""}
        elif claim in ("probable_cause", "may_be_enrolled", "investigation_active", "shows"):
            r["kidnapping"] = {key: value for key, value in (r.get("kidnapping") or {}).items() if key != claim}
        else:
            r.pop(claim, None)
    return r


class Look:
    """One request in plain values, with the words that the clauses use as questions."""

    def __init__(self, given: dict[str, Any], numbers: dict[str, Any]) -> None:
        self.r = given["request"]
        self.file = given.get("on_file", {})
        self.on = date.fromisoformat(given["on"])
        self.n = numbers
        self.asker = self.r.get("asker", {})
        self.student = self.r.get("student", {})
        self.as_ = self.asker.get("capacity", "other")
        self.why = self.r.get("purpose", "other")
        self.paper = self.r.get("paper") or {}

    def within(self, fact: dict[str, Any], first: str, last: str, on: date | None = None) -> bool:
        on = on or self.on
        starts, ends = fact.get(first), fact.get(last)
        return bool(starts) and date.fromisoformat(starts) <= on and not (ends and date.fromisoformat(ends) < on)

    def adult(self, on: date | None = None) -> bool | None:
        born = self.student.get("born_on")
        if not born or self.n["adult_years"] is None:
            return None
        day = date.fromisoformat(born)
        years = (on or self.on).year - day.year - (((on or self.on).month, (on or self.on).day) < (day.month, day.day))
        return years >= self.n["adult_years"]

    def parents(self, person: str | None, on: date | None = None) -> bool:
        return bool(person) and any(
            h["person"] == person
            and h["student"] == self.student.get("id")
            and self.within(h, "starts_on", "ends_on", on)
            for h in self.file.get("holders", [])
        )

    def listed(self, names: list[str], record: dict[str, Any]) -> bool:
        return record.get("kind", "other") in names or (bool(record.get("id")) and record["id"] in names)

    def called(self, name: str | None, party: dict[str, Any]) -> bool:
        return bool(name) and name in (party.get("id"), party.get("agency"), party.get("capacity", "other"))

    def agreed_to(self, party: dict[str, Any], record: dict[str, Any]) -> bool:
        wanted = self.r.get("consent")
        return any(
            self.good_consent(c, party, record)
            for c in self.file.get("consents", [])
            if not wanted or c.get("id") == wanted
        )

    def good_consent(self, c: dict[str, Any], party: dict[str, Any], record: dict[str, Any]) -> bool:
        if not c.get("student") or c["student"] != self.student.get("id") or not c.get("signed_on"):
            return False
        signed = date.fromisoformat(c["signed_on"])
        ended = c.get("revoked_on") and date.fromisoformat(c["revoked_on"]) <= self.on
        ended = ended or (c.get("expires_on") and date.fromisoformat(c["expires_on"]) < self.on)
        if ended or signed > self.on or c.get("authenticated") is not True or self.adult() is None:
            return False
        if c.get("signer_role") == "eligible_student":
            may = self.adult(signed) and c.get("signer") == c["student"]
        elif c.get("signer_role"):
            may = not self.adult() and self.parents(c.get("signer"), signed) and self.parents(c.get("signer"))
        else:
            may = False
        return bool(may) and (
            self.listed(c.get("records", []), record)
            and c.get("purpose") == self.why
            and bool(c.get("purpose"))
            and self.called(c.get("party"), party)
        )

    def for_immigration(self) -> bool:
        people = [self.asker, *self.r.get("passed_to", [])]
        return self.why == "immigration" or any(p.get("capacity") == "immigration_officer" for p in people)

    def signed_by_judge(self, kinds: tuple[str, ...]) -> bool:
        p = self.paper
        return p.get("kind") in kinds and p.get("signed_by_judge") is True and self.within(p, "issued_on", "expires_on")

    def in_emergency(self, party: dict[str, Any], record: dict[str, Any]) -> bool:
        e, made, hours = self.r.get("emergency") or {}, self.r.get("made_at"), self.n["emergency_hours"]
        if self.why != "emergency" or not e.get("determined_at") or not made or hours is None:
            return False
        began, asked = datetime.fromisoformat(e["determined_at"]), datetime.fromisoformat(made)
        named = {r for r in e.get("recipients", []) if r} & {party.get("id"), party.get("agency")}
        return (
            began <= asked <= began + timedelta(hours=hours)
            and bool(named)
            and self.listed(e.get("records_needed", []), record)
        )

    def barred(self, record: dict[str, Any]) -> bool:
        by_court = self.signed_by_judge(COURT) and self.listed(self.paper.get("names_records", []), record)
        if self.for_immigration():
            consented = self.n["immigration_judicial_only"] is False and self.agreed_to(self.asker, record)
            if not consented and not (by_court and self.called(self.paper.get("recipient"), self.asker)):
                return True
        for party in self.r.get("passed_to", []):
            named = self.signed_by_judge(SILENT) and self.listed(self.paper.get("names_records", []), record)
            if not (
                self.agreed_to(party, record)
                or (named and self.called(self.paper.get("recipient"), party))
                or self.in_emergency(party, record)
            ):
                return True
        decides = self.r.get("decided_by")
        if not decides or decides == self.asker.get("id", ""):
            return True
        rests = self.r.get("consent")
        if rests:
            found = [c for c in self.file.get("consents", []) if c.get("id") == rests][:1]
            if not found or any(
                (c.get("revoked_on") and date.fromisoformat(c["revoked_on"]) <= self.on)
                or (c.get("expires_on") and date.fromisoformat(c["expires_on"]) < self.on)
                for c in found
            ):
                return True
        people = {p.get("id", "") for p in [self.asker, *self.r.get("passed_to", [])]}
        return any(
            b["person"] in people and b["student"] == self.student.get("id", "") for b in self.file.get("bars", [])
        )

    def about(self, record: dict[str, Any]) -> str:
        if self.barred(record):
            return "deny"
        unit = self.file.get("unit_designated_on")
        if (
            (
                unit
                and date.fromisoformat(unit) <= self.on
                and record.get("made_by_unit")
                and record.get("kept_by_unit")
                and record.get("made_for") in ("law_enforcement", "both")
            )
            or record.get("own_notes")
            or record.get("after_attendance")
        ):
            return "not an education record"
        if self.asker.get("identity_verified") is not True:
            return "deny"
        verdict = self.court(record)
        if verdict == "release" or any(ground(record) for ground in self.open_to(record)):
            return "release"
        return verdict

    def open_to(self, record: dict[str, Any]) -> list[Any]:
        one = bool(self.student.get("id")) and not self.r.get("whole_group")
        if self.for_immigration():
            judicial_only = self.n["immigration_judicial_only"] is not False
            finding = record.get("kind") == "court_finding"
            return [] if judicial_only or not one or finding else [lambda x: self.agreed_to(self.asker, x)]
        if record.get("kind") == "court_finding":
            return [self.family, self.finding] if one else []
        group = [self.programs, self.nameless]
        return (
            [*group, self.consented, self.family, self.officials, self.danger, self.justice, self.police, self.public]
            if (one)
            else group
        )

    def court(self, record: dict[str, Any]) -> str:
        p, silent = self.paper, self.paper.get("non_disclosure") is True
        one = bool(self.student.get("id")) and not self.r.get("whole_group")
        named = self.listed(p.get("names_records", []), record) and self.called(p.get("recipient"), self.asker)
        if not p or not one or not named or not self.within(p, "issued_on", "expires_on"):
            return "deny"
        looked = p.get("counsel_reviewed_on")
        if not looked or date.fromisoformat(looked) > self.on:
            return "counsel review"
        if not self.signed_by_judge(SILENT):
            return "deny"
        if p.get("objection_pending"):
            return "counsel review"
        told = silent or (p["kind"] != "terrorism_order" and self.told())
        return "release" if told else "deny"

    def told(self) -> bool:
        if self.paper.get("notice_excused_by_court"):
            return True
        days = [self.paper.get("parent_told_on"), self.paper.get("pupil_told_on")]
        if not all(days) or self.n["notice_days"] is None:
            return False
        return all((self.on - date.fromisoformat(day)).days >= self.n["notice_days"] for day in days if day)

    def consented(self, record: dict[str, Any]) -> bool:
        return self.agreed_to(self.asker, record)

    def family(self, record: dict[str, Any]) -> bool:
        who = self.asker.get("id")
        if self.adult() is None:
            return False
        if self.as_ == "student":
            return bool(self.adult()) and who == self.student["id"]
        if self.as_ != "parent":
            return False
        if not self.adult():
            return self.parents(who)
        once = any(h["person"] == who and h["student"] == self.student["id"] for h in self.file.get("holders", []))
        return (
            bool(who) and once and self.student.get("tax_dependent") is True and record.get("kind") != "court_finding"
        )

    def official(self) -> bool:
        notice = self.file.get("notice", {})
        return (
            bool(notice.get("ends_on"))
            and self.within(notice, "given_on", "ends_on")
            and self.as_ in notice.get("officials", [])
            and notice.get("interest_defined") is True
        )

    def agreements(self) -> list[dict[str, Any]]:
        who = {self.asker.get("id"), self.asker.get("agency")} - {None, ""}
        found = [a for a in self.file.get("agreements", []) if a["party"] in who]
        return [a for a in found if self.within(a, "signed_on", "ends_on")]

    def officials(self, record: dict[str, Any]) -> bool:
        interest = self.why == "school_duty" and bool(record.get("interest", "").strip())
        if self.as_ == "employee":
            return (self.official() and interest) or self.warned(record)
        if self.as_ not in ("sro", "contractor"):
            return False
        needed = ("school_function", "direct_control", "use_limits")
        bound = any(all(terms.get(term) is True for term in needed) for terms in self.agreements())
        known = any(
            a["person"]
            and a["person"] == self.asker.get("id")
            and self.same_agency(a)
            and self.within(a, "signed_on", "ends_on")
            for a in self.file.get("acknowledgements", [])
        )
        return bound and known and self.official() and interest

    def same_agency(self, paper: dict[str, Any]) -> bool:
        claimed = "agency" in self.r.get("claims", [])
        return paper.get("agency", "") == self.asker.get("agency", "") or (not paper.get("agency") and not claimed)

    def warned(self, record: dict[str, Any]) -> bool:
        act, years = record.get("act_on"), self.n["teacher_lookback_years"]
        if self.why != "teacher_notice" or not self.r.get("teaches_student") or not act or years is None:
            return False
        began = self.on.year if self.on.month >= 7 else self.on.year - 1
        recent = date(began - years, 7, 1) <= date.fromisoformat(act) <= self.on
        return recent and record.get("kind") in ("discipline", "police_report")

    def finding(self, record: dict[str, Any]) -> bool:
        return (
            self.as_ == "employee"
            and self.r.get("teaches_student") is True
            and self.why == "school_duty"
            and bool(record.get("interest", "").strip())
        )

    def programs(self, record: dict[str, Any]) -> bool:
        one = bool(self.student.get("id")) and not self.r.get("whole_group")
        if (self.as_, self.why) == ("education_authority", "audit"):
            return bool(self.r.get("program", "").strip())
        if (self.as_, self.why) == ("accreditor", "accreditation"):
            return True
        if (self.as_, self.why) == ("other_school", "enrollment"):
            return one and self.r.get("enrolls_there") is True
        if (self.as_, self.why) == ("financial_aid", "financial_aid"):
            return one and self.r.get("aid_applied_for") is True
        return (self.as_, self.why) == ("researcher", "study") and any(map(self.for_study, self.agreements()))

    def for_study(self, terms: dict[str, Any]) -> bool:
        return (
            terms.get("purpose_and_scope") is True
            and terms.get("no_identification") is True
            and bool(terms.get("ends_on"))
            and bool(terms.get("destroy_by"))
            and date.fromisoformat(terms["destroy_by"]) >= self.on
        )

    def nameless(self, record: dict[str, Any]) -> bool:
        return (
            record.get("identifiers_removed") is True
            and record.get("not_identifiable") is True
            and record.get("code_from_identity") is False
        )

    def public(self, record: dict[str, Any]) -> bool:
        if record.get("kind") == "sex_offender_notice":
            return self.why == "sex_offender"
        notice, items = self.file.get("notice", {}), record.get("items", [])
        until = notice.get("opt_out_until")
        return (
            record.get("kind") == "directory"
            and bool(notice.get("ends_on"))
            and self.within(notice, "given_on", "ends_on")
            and bool(items)
            and all(item in notice.get("directory_items", []) for item in items)
            and self.as_ in notice.get("directory_recipients", [])
            and self.as_ != "profit_maker"
            and bool(until)
            and date.fromisoformat(until) < self.on
            and self.student.get("opted_out") is False
            and self.student.get("homeless") is False
        )

    def danger(self, record: dict[str, Any]) -> bool:
        e = self.r.get("emergency") or {}
        decider = e.get("determined_by")
        return (
            self.in_emergency(self.asker, record)
            and bool(e.get("threat", "").strip())
            and bool(decider)
            and decider != self.asker.get("id")
        )

    def promised(self) -> bool:
        c = self.r.get("certification") or {}
        return (
            bool(c.get("by"))
            and c["by"] == self.asker.get("id")
            and c.get("no_redisclosure") is True
            and self.within(c, "signed_on", "never")
        )

    def justice(self, record: dict[str, Any]) -> bool:
        case = ("criminal_investigation", "wardship", "probation_violation")
        truancy = ("truancy_mediation", "truancy_petition")
        if self.as_ == "juvenile_authority":
            return (
                self.why == "juvenile_justice"
                and bool(self.r.get("statute", "").strip())
                and self.r.get("before_adjudication") is True
                and self.promised()
            )
        if self.as_ == "district_attorney" and self.why in (*truancy, "compulsory_attendance"):
            return True
        if self.as_ in ("judge", "probation") and self.why in truancy:
            return self.promised()
        return self.as_ in ("probation", "district_attorney", "minors_counsel") and self.why in case and self.promised()

    def police(self, record: dict[str, Any]) -> bool:
        if self.as_ not in ("sro", "peace_officer"):
            return False
        k = self.r.get("kidnapping") or {}
        if self.why == "kidnapping":
            named = any(
                d["officer"]
                and d["officer"] == self.asker.get("id")
                and self.same_agency(d)
                and self.within(d, "submitted_on", "never")
                for d in self.file.get("designations", [])
            )
            stated = all(k.get(x) is True for x in ("probable_cause", "investigation_active", "may_be_enrolled"))
            return record.get("kind") == "transfer" and named and stated and bool(k.get("shows"))
        special = record.get("kind") in ("special_education", "discipline") and self.promised()
        special = special and self.student.get("with_disability") is True
        reported = self.why == "crime_report" and self.r.get("reported_crime") is True
        assault = self.student.get("disciplined_for_assault") is True
        return special and (reported or (assault and self.why in ("crime_report", "criminal_investigation")))
