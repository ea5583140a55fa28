"""What a browser sends of a form under its seal: to the script's route, too late, or signed out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from accord.web.people import seals
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import form

KEY = "the-key-of-this-form-0001"


def under_seal(user: User, *, kind: str = "interactions", key: str = KEY, **answers: Any) -> dict[str, Any]:
    """A form half written by this person."""
    typed = {"do": "file", "narrative": "Half a sen"} | answers
    return form(make.school(), **typed) | {"seal": seals.sealed(user, kind=kind, form=key)}


def hidden(html: bytes, name: str) -> str:
    """What the first hidden field of that name holds."""
    found = re.search(rf'<input [^>]*name="{name}"[^>]*value="([^"]*)"', html.decode())
    assert found, f"no hidden field {name}"
    return unescape(found[1])
