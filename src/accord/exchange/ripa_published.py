"""A person stopped, as published files tell it, whatever their layout.

Answers are words of one vocabulary: the ends of the state's own column names (`BFS_EVIDENCE` is "evidence"), so that
a number which two forms use differently never stands for anything here. Source of the columns: the state's annual
files of stop data, 2018 to 2024.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

RACES = (
    "asian black_african_american hispanic_latinex middle_eastern_south_asian native_american pacific_islander white"
).split()
GENDERS = "cisgender_man cisgender_woman transgender_man transgender_woman nonbinary_person".split()
DISABILITIES = (
    "deafness_hearing speech_impair blind mental_health devel_disab hyperactivity_disability other none_disability"
).split()
DETAILS = (
    "off_witness match_suspect witness_id carry_sus_object actions_indicative suspect_look drug_trans violent_crime "
    "reason_susp match_vehicle"
).split()
GIVEN = (
    "traffic_moving traffic_equipment traffic_non_moving off_witness match_suspect match_vehicle witness_id "
    "carry_sus_object actions_indicative suspect_look drug_trans violent_crime reason_susp probable_cause "
    "welfare_and_inst known_parole outstanding_warrant truant consensual_search discipline school_policy "
    "not_communicated"
).split()
ACTIONS_2018 = (
    "removed_vehicle_order removed_vehicle_phycontact sobriety_test curb_detent handcuffed patcar_detent canine_search "
    "firearm_point firearm_discharge elect_device impact_discharge canine_bite baton chem_spray other_contact photo "
    "asked_search_per search_person asked_search_prop search_property prop_seize vehicle_impound written_statement none"
).split()
NON_FORCE_2024 = (
    "written_statement asked_search_per asked_search_prop asked_id_passenger asked_parole curb_detent sobriety_test "
    "patcar_detent canine_search photo removed_vehicle_order prop_seize ran_name_passenger search_person "
    "search_property terry_frisk vehicle_impound none"
).split()
FORCE_2024 = (
    "handcuffed baton_drawn baton_used chem_spray elect_device_point elect_device_stun elect_device_dart "
    "firearm_unholstered firearm_point firearm_discharge impact_projectile_point impact_projectile_discharge "
    "canine_compliance canine_bite removed_vehicle_phycontact physical_compliance use_vehicle no_force"
).split()
BASES = (
    "consent_given officer_safety search_warrant parole suspect_weapon visible_contraband odor_contraband "
    "canine_detect evidence incident exigent_circum vehicle_invent school_policy"
).split()
CONTRABAND = (
    "none_contraband firearm ammunition weapon drugs alcohol money drug_paraphernalia stolen_prop elect_device "
    "other_contraband"
).split()
SEIZURE_BASES = "safekeeping contraband evidence impound_vehicle abandon_prop violate_school".split()
PROPERTY_TYPES = (
    "firearm ammunition weapon drugs alcohol money drug_paraphernalia stolen_prop cellphone vehicle contraband"
).split()
RESULTS = (
    "no_action warning citation in_field_cite_release custodial_warrant custodial_without_warrant "
    "field_interview_card noncriminal_transport contact_legal_guardian psych_hold us_homeland referral_school_admin "
    "referral_school_counselor verbal_warning written_warning"
).split()
"""Each list in the order of the numbers 1, 2, 3 … of its form."""

_SEARCHES = frozenset({"search_person", "search_property", "terry_frisk"})
_FORCE_2018 = frozenset(ACTIONS_2018[index - 1] for index in (2, 5, 8, 9, 10, 11, 12, 13, 14, 15))
_FORCE = _FORCE_2018 | (frozenset(FORCE_2024) - {"no_force"})


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be read: its number (the header is row 1), the column and what is wrong in it."""

    row: int
    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class PublishedStop:
    """One person stopped, out of one row. `form` is 2018 or 2024: the form of the collection the row was filed in.

    `student` and `officer_at_school` are None where the file does not say. Duration in minutes.
    """

    row: int
    form: int
    record: str
    person: str
    date: date
    time: time | None = None
    minutes: int | None = None
    agency: str = ""
    at_school: bool = False
    school_code: str = ""
    school_name: str = ""
    student: bool | None = None
    officer_at_school: bool | None = None
    passenger: bool | None = None
    age: int | None = None
    reason: str = ""
    races: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    disabilities: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    contraband: frozenset[str] = frozenset()
    seizure_bases: frozenset[str] = frozenset()
    property_types: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()

    @property
    def searched(self) -> bool:
        """A search of person or property; since 2024 a frisk is listed on its own and counts too."""
        return bool(_SEARCHES & self.actions)

    @property
    def force_used(self) -> bool:
        """Any action that either form lists as force, handcuffs and drawn weapons included."""
        return bool(_FORCE & self.actions)

    @property
    def warned(self) -> bool:
        """A warning: one answer until 2023, spoken or written since."""
        return bool({"warning", "verbal_warning", "written_warning"} & self.results)

    @property
    def arrested(self) -> bool:
        """A custodial arrest, with or without a warrant."""
        return bool({"custodial_warrant", "custodial_without_warrant"} & self.results)
