"""What importing a file of stops would do: records, persons, what is rejected and why. Stores nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accord.exchange import ripa_csv, ripa_json_file, ripa_json_read
from accord.exchange.ripa_published import RowError
from accord.facts.stops import Stop


@dataclass(frozen=True)
class Rejected:
    """A value that keeps its record out. In JSON, `row` is the number of the record and `column` the path in it."""

    file: str
    row: int
    column: str
    problem: str


@dataclass(frozen=True)
class Plan:
    """What an import would take in. `stops` is empty for published files, which leave out too much to be stored."""

    format: str
    records: int
    persons: int
    rejected: tuple[Rejected, ...]
    stops: tuple[Stop, ...] = ()

    @property
    def storable(self) -> bool:
        return self.format == ripa_json_read.FORMAT

    def as_json(self) -> dict[str, Any]:
        """The plan for programs."""
        return {
            "format": self.format,
            "records": self.records,
            "persons": self.persons,
            "rejected": [asdict(one) for one in self.rejected],
        }


def plan(file: Path) -> Plan:
    """Read a file of stops, either form.

    Raises:
        BadInput: when the file as a whole cannot be read.
    """
    return _of_table(file) if ripa_csv.looks_like_csv(file) else _of_records(file)


def _of_table(file: Path) -> Plan:
    published = ripa_csv.read(file)
    records: set[str] = set()
    persons, rejected = 0, []
    for row in published.rows:
        if isinstance(row, RowError):
            rejected.append(Rejected(file.name, row.row, row.column, row.problem))
        else:
            records.add(row.record)
            persons += 1
    return Plan(published.layout, len(records), persons, tuple(rejected))


def _of_records(file: Path) -> Plan:
    stops: dict[str, Stop] = {}
    rejected = []
    for number, record in enumerate(ripa_json_file.load(file), start=1):
        reading = ripa_json_read.read_record(record)
        rejected += [Rejected(file.name, number, one.path, one.what) for one in reading.problems]
        if reading.stop is None:
            continue
        if reading.record in stops:
            rejected.append(Rejected(file.name, number, "LEARecordID", f"{reading.record} stands in the file before"))
        else:
            stops[reading.record] = reading.stop
    persons = sum(len(stop.people) for stop in stops.values())
    return Plan(ripa_json_read.FORMAT, len(stops), persons, tuple(rejected), tuple(stops.values()))
