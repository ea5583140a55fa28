"""Is a contact told completely and cleanly enough to be stored: every rule asked, each finding beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from accord import clauses
from accord.decision import Decision, Finding
from accord.facts import Interaction, Narrative, Stop
from accord.facts.details import ContactDetails
from accord.rules import interactions as rule
from accord.web.interactions import texts
from accord.web.interactions.stop_findings import form_findings
from accord.web.people.models import School


def complete(
    entry: Interaction, details: ContactDetails, *, school: School, on: date, stop: Stop | None = None
) -> Decision:
    """May this entry be stored, its own words included, with the numbers in force on this day?

    Args:
        stop: the record of the state's collection, for a contact that was a stop.
    """
    stands = rule.is_complete(
        entry,
        late_hours=clauses.parameter("interactions.late-entry", on=on).value,
        longest_minutes=clauses.parameter("interactions.longest", on=on).value,
    )
    return Decision.of(
        stands.findings,
        rule.details_stand(details, on=on).findings,
        rule.basis_fits(entry, bases=details.bases),
        rule.people_stand(entry, on=on, stop=stop),
        rule.links_stand(entry),
        form_findings(stop) if stop else (),
        _own_words(entry, stop, school=school, on=on),
    )


def _own_words(entry: Interaction, stop: Stop | None, *, school: School, on: date) -> Iterator[Finding]:
    yield from texts.clean(vars(entry))
    yield from texts.names_nobody(Narrative(entry.narrative, entry.kept_because), school=school, on=on)
    beside = {"late_reason": entry.late_reason, "kept_because": entry.kept_because}
    yield from texts.no_names(beside | _explanations(stop), school=school, on=on)


def _explanations(stop: Stop | None) -> dict[str, str]:
    """The texts of a stop's record, by the field they are typed in."""
    if stop is None:
        return {}
    told = {}
    for person in stop.people:
        of_person = f"people.{int(person.pid) - 1}"
        told[f"{of_person}.ripa_narrative"] = person.reason.narrative
        told[f"{of_person}.ripa_search_explanation"] = person.search_explanation
    return told


def without_idle_reason(entry: Interaction, *, school: School, on: date) -> Interaction:
    """A reason for names is kept only where there are some."""
    if not entry.kept_because.strip():
        return replace(entry, kept_because="")
    held = texts.needs_reason(Narrative(entry.narrative), school=school, on=on)
    return replace(entry, kept_because=entry.kept_because.strip() if held else "")
