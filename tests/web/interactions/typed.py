"""What a browser sends when the form of a contact is filled in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from accord.web.interactions.times import written
from accord.web.people.models import School


def now() -> datetime:
    """The clock that requests see."""
    return timezone.now()


def person(index: int = 0, **answers: Any) -> dict[str, Any]:
    """The fields of one student."""
    usual = {
        "kind": "student",
        "role": "subject",
        "actions": ["talked"],
        "outcomes": ["warning"],
        "grade": "07",
        "race": "black",
        "sex": "female",
        "disability": "none",
        "english_learner": "no",
    }
    return {f"people-{index}-{name}": value for name, value in (usual | answers).items()}


def form(school: School | None = None, *people: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """A complete form for one student (or for the people given), a few minutes after the contact."""
    usual: dict[str, Any] = {
        "do": "file",
        "key": "the-key-of-this-form-0001",
        "occurred_at": written(now() - timedelta(minutes=10)),
        "duration_minutes": "5",
        "location": "hallway",
        "kind": "non_stop_contact",
        "initiated_by": "staff",
        "conduct": "other_crime",
        "tried_first": ["counseling"],
        "narrative": "A talk about a borrowed bicycle.",
    }
    if school is not None:
        usual["school"] = str(school.pk)
    sent = usual | answers
    given = people or (person(),)
    sent.setdefault("people", str(len(given)))
    for one in given:
        sent |= one
    return sent


def text(html: bytes) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def same_page(html: bytes, *secrets: object) -> bytes:
    """A page without what differs each time: the token against forgery, and the given words."""
    bare = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", html)
    for one in secrets:
        bare = bare.replace(str(one).encode(), b"?")
    return bare


def held(html: bytes | str) -> dict[str, list[str]]:
    """What a browser would send of the form of a contact as it stands, without a button."""
    form = LexborHTMLParser(html).css_first("form#entry")
    sent: dict[str, list[str]] = {}
    for one in form.css("input[name], select[name], textarea[name]"):
        name, kind = str(one.attributes["name"]), one.attributes.get("type")
        if one.tag == "select":
            options = one.css("option")
            marked = [option for option in options if "selected" in option.attributes] or options[:1]
            values = [option.attributes.get("value") or "" for option in marked]
        elif one.tag == "textarea":
            values = [one.text().removeprefix("\n")]
        else:
            off = kind in ("checkbox", "radio") and "checked" not in one.attributes
            values = [] if off else [one.attributes.get("value") or ("on" if kind == "checkbox" else "")]
        if values:
            sent.setdefault(name, []).extend(values)
    return sent


def chosen(page: str, value: object) -> bool:
    """Is this answer of a list chosen on the page?"""
    return re.search(rf'<option value="{value}"\s+selected\s*>', page) is not None
