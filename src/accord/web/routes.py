"""The one table of routes: which permission each asks for, and which of them stand in the menu.

A route that is missing here fails the build and is answered as if it were not there.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSION = {
    # base
    "base:language": "policies.read",
    "base:rules": "rules.read",
    "base:topic": "rules.read",
    # people
    "people:sign_in": "people.sign_in",
    "people:sign_in_as": "people.sign_in",
    "people:sign_out": "people.sign_in",
    "people:password": "people.sign_in",
    "people:permissions": "people.read_permissions",
    "people:accounts": "people.read",
    "people:account": "people.read",
    "people:open": "people.manage",
    "people:close": "people.manage",
    "people:reopen": "people.manage",
    "people:grant": "people.manage",
    "people:end": "people.manage",
    "people:reset": "people.manage",
    "people:schools": "people.manage_schools",
    "people:close_school": "people.manage_schools",
    "people:reopen_school": "people.manage_schools",
    # audit
    "audit:events": "audit.read",
    # students
    "students:list": "students.read",
    "students:import": "students.import",
    # policies
    "policies:list": "policies.import",
    "policies:import": "policies.import",
    "policies:version": "policies.import",
    "policies:diff": "policies.import",
    "policies:bind": "policies.bind",
    "policies:confirm_all": "policies.bind",
    "policies:put_in_force": "policies.put_in_force",
    # controls
    "controls:front_page": "policies.read",
    "controls:index": "controls.read",
    "controls:detail": "controls.read",
    "controls:add_evidence": "controls.add_evidence",
    "controls:withdraw_evidence": "controls.add_evidence",
    "controls:program": "controls.describe_program",
    # interactions
    "interactions:list": "interactions.read",
    "interactions:save_view": "interactions.read",
    "interactions:remove_view": "interactions.read",
    "interactions:new": "interactions.log",
    "interactions:quick": "interactions.log",
    "interactions:favorites": "interactions.log",
    "interactions:save_favorite": "interactions.log",
    "interactions:remove_favorite": "interactions.log",
    "interactions:times": "interactions.read_times",
    "interactions:discard_draft": "interactions.log",
    "interactions:save_draft": "interactions.log",
    "interactions:read": "interactions.read",
    "interactions:correct": "interactions.correct",
    "interactions:review": "interactions.review",
    "interactions:students": "interactions.link_students",
    "interactions:officers": "interactions.keep_officer",
    "interactions:officer": "interactions.keep_officer",
    "interactions:enrollment": "interactions.read_enrollment",
    "interactions:import_enrollment": "interactions.import_enrollment",
    "interactions:count_enrollment": "interactions.import_enrollment",
    # immigration
    "immigration:now": "immigration.know",
    "immigration:list": "immigration.read",
    "immigration:read": "immigration.read",
    "immigration:complete": "immigration.report",
    "immigration:keep_scan": "immigration.report",
    "immigration:open_scan": "immigration.review",
    "immigration:review": "immigration.review",
    "immigration:letters": "immigration.review",
    "immigration:clear": "immigration.clear",
    "immigration:board": "immigration.board",
    "immigration:board_csv": "immigration.board",
    "immigration:sign": "immigration.acknowledge",
    "immigration:officers": "immigration.read_acknowledgements",
    "immigration:whom_to_call": "immigration.keep_contacts",
    # records: the family's page, consents, the log
    "records:family": "records.sign",
    "records:consents": "records.read_consents",
    "records:new_consent": "records.sign",
    "records:consents_of": "records.keep",
    "records:paper_consent": "records.keep",
    "records:consent": "records.read_consents",
    "records:revoke": "records.read_consents",
    "records:consent_scan": "records.read_consents",
    "records:log": "records.log",
    "records:export_log": "records.log",
    # records
    "records:list": "records.read",
    "records:new": "records.ask",
    "records:read": "records.read",
    "records:find": "records.decide",
    "records:decide": "records.decide",
    "records:withdraw": "records.ask",
    "records:end": "records.decide",
    "records:open": "records.ask",
    "records:find_student": "records.link",
    "records:student": "records.link",
    "records:keep": "records.keep",
    "records:copy": "records.keep",
    "records:propose": "records.link",
    "records:links": "records.link",
    "records:confirm_link": "records.link",
    "records:end_link": "records.link",
    "records:on_file": "records.keep",
    "records:put": "records.keep",
    "records:end_paper": "records.keep",
    # duties
    "duties:list": "duties.read",
    "duties:read": "duties.read",
    "duties:complete": "duties.complete",
    "duties:reopen": "duties.complete",
    "duties:calendar": "duties.calendar",
    "duties:set_day": "duties.calendar",
    "duties:remove_day": "duties.calendar",
    "duties:import_calendar": "duties.calendar",
    # reports
    "reports:list": "reports.read",
    "reports:draft": "reports.draft",
    "reports:read": "reports.read",
    "reports:json": "reports.read",
    "reports:table_csv": "reports.read",
    "reports:publish": "reports.publish",
    "reports:discard": "reports.draft",
}

IN_CODES = frozenset({"interactions:save_draft"})
"""Routes that a script asks: to whoever is signed out they say so by the code alone, and lead nowhere."""

HIDDEN = frozenset({"records:log", "records:export_log"})
"""Routes that are not there for whoever is signed in and may not read them."""

MENU = [
    ("controls:front_page", _("Policy")),
    ("interactions:list", _("Contacts")),
    ("duties:list", _("Tasks")),
    ("records:list", _("Records")),
    ("immigration:list", _("Enforcement requests")),
    ("immigration:sign", _("My duties")),
    ("records:family", _("My child's records")),
    ("records:consents", _("Consents")),
    ("reports:list", _("Reports")),
    ("controls:index", _("Evidence")),
    ("policies:list", _("Versions")),
    ("interactions:officers", _("Officers")),
    ("interactions:enrollment", _("Enrollment")),
    ("duties:calendar", _("Calendar")),
    ("students:list", _("Students")),
    ("students:import", _("Roster")),
    ("people:accounts", _("Accounts")),
    ("audit:events", _("History")),
]
