"""What a rule answers, and the two families of errors that reach people.

Every rule returns a `Finding`; several findings make a `Decision`.
The same finding labels the disabled button, the error page, the letter and the audit row, so nothing decides twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar


@dataclass(frozen=True)
class Say:
    """A sentence with named gaps, kept apart from what fills them so that it can be said in another language.

    `str(Say("Runs {days} days", {"days": 3}))` is "Runs 3 days".
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(dict(self.values))


@dataclass(frozen=True)
class Finding:
    """One clause held against the facts: is it met, and why.

    `field` names the input the finding is about, so that a form can show it there.
    """

    clause: str
    met: bool
    reason: Say
    field: str = ""

    @property
    def topic(self) -> str:
        """The rule file the clause stands in."""
        return self.clause.partition(".")[0]


@dataclass(frozen=True)
class Decision:
    """All findings about one act. Allowed only when there is at least one finding and every one is met.

    No finding at all is a denial: unknown is never yes, and one unmet clause wins over any number of met ones.
    """

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, *findings: Finding | Iterable[Finding]) -> Decision:
        """Gather single findings and groups of findings into one decision."""
        flat: list[Finding] = []
        for item in findings:
            flat.extend([item] if isinstance(item, Finding) else item)
        return cls(tuple(flat))

    @property
    def allowed(self) -> bool:
        return bool(self.findings) and all(finding.met for finding in self.findings)

    @property
    def unmet(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.met)

    def require(self) -> Decision:
        """Return the decision when it allows the act.

        Raises:
            NotAllowed: with the unmet findings, otherwise.
        """
        if not self.allowed:
            raise NotAllowed(self)
        return self


class NotAllowed(Exception):  # noqa: N818 - the name is the sentence people read
    """A rule said no. The web answers 403 or 422 with the findings; a command exits with 1."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__("; ".join(str(finding.reason) for finding in decision.unmet) or "No rule allows this.")


class BadInput(Exception):  # noqa: N818
    """What was given cannot be read. The web answers 400; a command exits with 2.

    Args:
        what: what is wrong, in one sentence.
        where: the file, line, column or field.
        mend: what to do about it, in one sentence.
    """

    def __init__(self, what: str, *, where: str = "", mend: str) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(f"{where}: {what}" if where else what)


Rule = TypeVar("Rule", bound=Callable[..., Any])

RULES: dict[str, Callable[..., Any]] = {}
"""Every rule by the id of the clause it implements."""


def implements(clause: str) -> Callable[[Rule], Rule]:
    """Tie a rule to its clause in `rules/<topic>.md`. A clause has exactly one rule."""

    def register(rule: Rule) -> Rule:
        if RULES.get(clause, rule) is not rule and RULES[clause].__module__ != rule.__module__:
            raise RuntimeError(f"Two rules implement {clause}: {RULES[clause]!r} and {rule!r}")
        RULES[clause] = rule
        return rule

    return register
