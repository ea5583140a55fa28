"""Which page a button of the form leads to. Nothing is stored here, and every page holds everything that was sent.

`do` is "next", "back", "go-<step>", "add", "remove-<index>", "all" or "steps" for the way the form is shown, or
"draft"; anything else shows the same page again. "file" is for the views. `step` says which step the page showed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from accord.web.interactions import entry_page, steps
from accord.web.interactions.answers import Answers
from accord.web.interactions.entry_facts import findings, school_of
from accord.web.interactions.entry_layout import not_shown
from accord.web.interactions.entry_page import EntryPage, Occasion
from accord.web.interactions.steps import Step

ALL = "all"
"""The view in which all steps stand on one page."""


def turned(occasion: Occasion, told: Answers, data: Mapping[str, str]) -> EntryPage:
    """The page that a button leads to. `data` is what was sent beside the answers."""
    do, step = data.get("do", ""), steps.named(data.get("step"))
    told = told.changed(do, occasion.somebody)
    checked = bool(data.get("checked"))
    if is_whole(data):
        return replace(entry_page.typed(occasion, told), checked=checked)
    if do == "next":
        again = entry_page.typed(occasion, told).at(step)
        if more := not_shown(again, data):
            return replace(again, more=more, checked=checked)
        page = _checked(entry_page.bound(occasion, told), step)
        if page.problems:
            return page
    page = entry_page.typed(occasion, told)
    to = _target(page, do, step)
    if to is steps.LAST or (checked and do != "add"):
        return replace(_checked(entry_page.bound(occasion, told), steps.LAST), step=to, checked=True, alone=False)
    return replace(page, step=to, checked=checked)


def is_whole(data: Mapping[str, str]) -> bool:
    """Is the form shown with all steps on one page?"""
    do = data.get("do", "")
    return do == ALL or (data.get("view") == ALL and do != "steps" and not do.startswith("go-"))


def _target(page: EntryPage, do: str, step: Step) -> Step:
    if do == "next":
        return steps.beside(step, page.asked, +1)
    if do == "back":
        return steps.beside(step, page.asked, -1)
    if do.startswith("go-"):
        wanted = steps.named(do.removeprefix("go-"))
        return wanted if wanted in steps.route(page.asked) else steps.FIRST
    if do == "add" or do.startswith("remove-"):
        return steps.PEOPLE
    return step if step in steps.route(page.asked) else steps.FIRST


def _checked(page: EntryPage, at: Step) -> EntryPage:
    """The page with everything said that form and rules can say up to a step."""
    page.show(findings(page, at))
    return replace(page, step=at, alone=True).beside_roster(school_of(page))


def asked_about(page: EntryPage, told: Answers, data: Mapping[str, str]) -> EntryPage:
    """The page with these answers, unread, where the author is asked something before it is filed."""
    return entry_page.typed(page.occasion, told).at(None if is_whole(data) else steps.LAST)


def to_mend(page: EntryPage, data: Mapping[str, str]) -> EntryPage:
    """A page that could not be filed, opened where its first problem stands. Only after all findings are shown."""
    page = replace(page.beside_roster(school_of(page)), checked=True)
    if is_whole(data):
        return page
    wrong = page.everything_wrong
    return page.at(wrong[0].step if wrong else steps.LAST)
