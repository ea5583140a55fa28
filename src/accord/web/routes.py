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
    "people:permissions": "people.read_permissions",
    "people:accounts": "people.read",
    "people:account": "people.read",
    "people:open": "people.manage",
    "people:close": "people.manage",
    "people:reopen": "people.manage",
    "people:grant": "people.manage",
    "people:end": "people.manage",
    # audit
    "audit:events": "audit.read",
    # policies
    # controls
    "controls:front_page": "policies.read",
    # interactions
    # reports
}

MENU = [
    ("controls:front_page", _("Policy")),
    ("people:accounts", _("Accounts")),
    ("audit:events", _("History")),
]
