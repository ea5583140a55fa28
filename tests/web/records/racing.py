"""Two people act at the same moment, on a database of its own and with real commits: prints what came of it as JSON.

Run by test_races.py as a process, because tests leave their database by rolling back. The database is the one that
tests.settings names: SQLite in a folder of this run, or the PostgreSQL of ACCORD_TEST_DATABASE_URL.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import django

PAIRS = 10


def raced(*acts: Callable[[], Any]) -> list[str]:
    """What came of acts begun at the same moment, each on a connection of its own: "done" or the name of the error."""
    from django.db import connection

    together, came = Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            together.wait()
            act()
            came[number] = "done"
        except Exception as error:
            came[number] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return came


def two_decide() -> dict[str, Any]:
    """The custodian and the superintendent decide one request."""
    from accord.web.records import actions
    from accord.web.records.models_requests import Decision, Disclosure, Step
    from tests.web import factories as make
    from tests.web.records import factories as kept

    row, deciders = kept.asked(), (kept.grace(), make.eve())

    def decide(by: Any) -> Callable[[], Any]:
        return lambda: actions.decide(by=by, at=make.AT, on=make.ON, request=row, number=0, given=[])

    came = raced(*(decide(one) for one in deciders))
    about = {"request": row}
    return {
        "came": sorted(came),
        "decisions": Decision.objects.filter(**about).count(),
        "steps": Step.objects.filter(**about).count(),
        "lines": Disclosure.objects.filter(act="decided", **about).count(),
    }


def revoke_while_opening() -> dict[str, Any]:
    """The parent takes a consent back while the officer opens the record: who comes first in the history?"""
    from accord.facts.records import RecordKind
    from accord.web.audit.models import Event
    from accord.web.records import actions, consents
    from accord.web.records.models_requests import Disclosure
    from tests.web import factories as make
    from tests.web.records import factories as kept

    student = kept.student(uuid4().hex[:8])
    kept.link(of=student)
    consent, copy = kept.consent(student), kept.copy(student, RecordKind.ATTENDANCE)
    row = kept.identified(kept.asked(), copy, of=student)
    kept.decided(row, [copy])
    # The clock of whoever takes it back is ahead: what counts is which came first, not which clock says so.
    ahead, officer, parent = make.AT + timedelta(seconds=2), make.bob(), kept.heidi()
    came = raced(
        lambda: actions.open_copy(by=officer, at=make.AT, on=make.ON, request=row, copy=copy),
        lambda: consents.revoke(by=parent, at=ahead, on=make.ON, consent=consent),
    )
    line = Disclosure.objects.filter(request=row, act__in=["opened", "refused"]).get()
    opened = Event.objects.get(target=f"records.disclosure:{line.uid}").seq
    revoked = Event.objects.get(target=f"records.consent:{consent.uid}", verb="records.revoked").seq
    return {"came": came, "act": line.act, "opened_first": opened < revoked}


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from tests.web import factories as make
    from tests.web.records import factories as kept

    call_command("migrate", verbosity=0)
    for one in (make.bob, make.eve, kept.grace, kept.heidi, kept.student):
        one()
    decided = [two_decide() for _ in range(PAIRS)]
    opened = [revoke_while_opening() for _ in range(PAIRS)]
    sys.stdout.write(json.dumps({"decided": decided, "opened": opened, "whole": make.verify().whole}))


if __name__ == "__main__":
    main()
