"""Is each obligation met today, on what evidence? Rules over evidence facts as of a day; they never query."""

from accord.rules.controls_contacts import force_reviewed, officers_work, restorative_first
from accord.rules.controls_duties import Followed, duties_done
from accord.rules.controls_on_file import Grant, OnFile, grant_only, on_file, parameters_verified, words_only
from accord.rules.controls_records import records_gate, records_passed_on
from accord.rules.controls_register import last_day, register_kept
from accord.rules.controls_reports import Reports, as_necessary, board_report, report_sections
from accord.rules.controls_standing import Standing, add_months

__all__ = [
    "Followed",
    "Grant",
    "OnFile",
    "Reports",
    "Standing",
    "add_months",
    "as_necessary",
    "board_report",
    "duties_done",
    "force_reviewed",
    "grant_only",
    "last_day",
    "officers_work",
    "on_file",
    "parameters_verified",
    "records_gate",
    "records_passed_on",
    "register_kept",
    "report_sections",
    "restorative_first",
    "words_only",
]
