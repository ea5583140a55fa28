"""Ed-Fi discipline: incidents, students and actions come in, names stay out, a bad record is told."""

import gzip
import io
import json
from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.decision import BadInput
from accord.exchange.edfi_discipline import Action, Incident, Involved, Problem, read
from tests.shared import SHARED, needs_shared

INCIDENT = """<DisciplineIncident id="I1"><IncidentIdentifier>10</IncidentIdentifier>
<IncidentDate>2026-10-05</IncidentDate><IncidentTime>09:15:00</IncidentTime>
<IncidentLocation>uri://ed-fi.org/IncidentLocationDescriptor#Cafeteria area</IncidentLocation>
<ReporterDescription>uri://ed-fi.org/ReporterDescriptionDescriptor#Staff</ReporterDescription>
<ReporterName>Quill, Zebedee</ReporterName>
<Behavior><BehaviorDetailedDescription>Pushed Zebedee</BehaviorDetailedDescription>
<Behavior>uri://ed-fi.org/BehaviorDescriptor#State Offense</Behavior></Behavior>
<ReportedToLawEnforcement>true</ReportedToLawEnforcement><CaseNumber>26-1</CaseNumber>
<SchoolReference><SchoolIdentity><SchoolId>7</SchoolId></SchoolIdentity></SchoolReference>
<DisciplineIncidentExternalParticipant><FirstName>Zebedee</FirstName><LastSurname>Quill</LastSurname>
<DisciplineIncidentParticipationCode>uri://x#Witness</DisciplineIncidentParticipationCode>
</DisciplineIncidentExternalParticipant></DisciplineIncident>"""
STUDENT = (
    "<StudentReference><StudentIdentity><StudentUniqueId>s1</StudentUniqueId></StudentIdentity></StudentReference>"
)
IDENTITY = """<DisciplineIncidentIdentity><IncidentIdentifier>10</IncidentIdentifier><SchoolReference><SchoolIdentity>
<SchoolId>7</SchoolId></SchoolIdentity></SchoolReference></DisciplineIncidentIdentity>"""
BY_REF = '<DisciplineIncidentReference ref="I1"/>'
BY_IDENTITY = f"<DisciplineIncidentReference>{IDENTITY}</DisciplineIncidentReference>"


def involved(reference: str, kind: str = "Behavior", part: str = "Perpetrator") -> str:
    name = f"StudentDisciplineIncident{kind}Association"
    code = f"<DisciplineIncidentParticipationCode>uri://x#{part}</DisciplineIncidentParticipationCode>"
    weapon = "<Weapon>uri://x#Knife</Weapon>" if kind == "Behavior" else ""
    return f"<{name}>{STUDENT}{reference}{code}{weapon}</{name}>"


ACTION = f"""<DisciplineAction><DisciplineActionIdentifier>A1</DisciplineActionIdentifier>
<Discipline>uri://x#In School Suspension</Discipline><DisciplineDate>2026-10-06</DisciplineDate>{STUDENT}
<StudentDisciplineIncidentBehaviorAssociationReference><StudentDisciplineIncidentBehaviorAssociationIdentity>{STUDENT}
{BY_IDENTITY}</StudentDisciplineIncidentBehaviorAssociationIdentity>
</StudentDisciplineIncidentBehaviorAssociationReference></DisciplineAction>"""


def items(*records: str) -> list:
    text = f'<Interchange xmlns="http://ed-fi.org/5.2.0">{"".join(records)}</Interchange>'
    return list(read(io.BytesIO(text.encode()), where="discipline.xml"))


def test_an_incident_is_read_with_what_it_says_and_without_names():
    (found,) = items(INCIDENT)
    assert found == Incident(
        key=("7", "10"),
        occurred_on=date(2026, 10, 5),
        occurred_at=time(9, 15),
        place="Cafeteria area",
        reporter="Staff",
        behaviors=("State Offense",),
        weapons=(),
        reported=True,
        case_number="26-1",
        outsiders=("Witness",),
    )
    assert "Zebedee" not in repr(found)


@pytest.mark.parametrize("reference", [BY_REF, BY_IDENTITY])
@pytest.mark.parametrize("first", [True, False])
def test_a_student_is_tied_to_the_incident_however_it_is_named_and_wherever_it_stands(reference: str, first: bool):
    records = [INCIDENT, involved(reference)]
    (found,) = [one for one in items(*(records if first else records[::-1])) if isinstance(one, Involved)]
    assert (found.incident, found.student, found.part) == (("7", "10"), "s1", "Perpetrator")
    assert (found.weapons, found.offender) == (("Knife",), True)


def test_a_witness_is_no_offender():
    (found,) = [one for one in items(INCIDENT, involved(BY_REF, "NonOffender", "Witness")) if isinstance(one, Involved)]
    assert (found.part, found.offender) == ("Witness", False)


def test_an_action_names_its_incidents():
    (found,) = [one for one in items(INCIDENT, ACTION) if isinstance(one, Action)]
    assert found == Action("A1", "s1", date(2026, 10, 6), ("In School Suspension",), (("7", "10"),))


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("<IncidentDate>2026-10-05</IncidentDate>", "", "IncidentDate"),
        ("2026-10-05", "10/05/2026", "IncidentDate"),
        ("09:15:00", "nine", "IncidentTime"),
        (">true<", ">perhaps<", "ReportedToLawEnforcement"),
        ("<IncidentIdentifier>10</IncidentIdentifier>", "", "IncidentIdentifier"),
        ("<SchoolId>7</SchoolId>", "", "SchoolId"),
    ],
)
def test_a_record_that_cannot_be_read_is_told_and_the_others_stand(old: str, new: str, element: str):
    good = INCIDENT.replace(">10<", ">11<").replace("I1", "I2")
    bad, also = items(INCIDENT.replace(old, new), good)
    assert (bad.kind, bad.number, bad.line, bad.element) == ("DisciplineIncident", 1, 1, element)
    assert also.key == ("7", "11")


def test_what_is_not_said_about_police_is_neither_yes_nor_no():
    assert items(INCIDENT.replace("<ReportedToLawEnforcement>true</ReportedToLawEnforcement>", ""))[0].reported is None


@pytest.mark.parametrize("orphan", [involved(BY_REF), ACTION])
def test_a_record_about_an_incident_that_is_not_there_is_told(orphan: str):
    (problem,) = items(orphan)
    assert isinstance(problem, Problem)
    assert problem.element == "DisciplineIncidentReference"


def test_the_same_incident_twice_is_told():
    assert isinstance(items(INCIDENT, INCIDENT)[1], Problem)


@pytest.mark.parametrize("text", ["", "<a>", "no xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_what_is_no_plain_xml_is_bad_input(text: str):
    with pytest.raises(BadInput):
        list(read(io.BytesIO(text.encode()), where="x.xml"))


def test_it_is_read_as_a_stream():
    seen = 0

    class Endless(io.RawIOBase):
        """A file without an end: only a reader that streams gives anything back."""

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            nonlocal seen
            seen += 1
            head = b"<Interchange>" if seen == 1 else b""
            return head + INCIDENT.replace(">10<", f">{seen}<").replace("I1", f"I{seen}").encode()

    incidents = read(Endless(), where="endless.xml")
    assert [next(incidents).key for _ in range(3)] == [("7", "1"), ("7", "2"), ("7", "3")]


@needs_shared
def test_the_published_sample_loads_whole():
    path = SHARED / "data" / "edfi_samples" / "StudentDiscipline.xml.gz"
    with gzip.open(path) as stream:
        found = list(read(stream, where=path.name))
    readme = (SHARED / "data" / "edfi_samples" / "README.md").read_text(encoding="utf-8")
    counts = Counter(type(one) for one in found)
    assert f"{counts[Incident]} DisciplineIncident" in readme
    assert f"{counts[Action]} DisciplineAction" in readme
    assert counts[Involved] > 0
    assert counts[Problem] == 0
    assert {one.incident for one in found if isinstance(one, Involved)} <= {
        one.key for one in found if isinstance(one, Incident)
    }


@pytest.fixture
def check(tmp_path: Path):
    """Run `accord discipline check` on a file of these records."""
    cli.load()

    def run(*records: str) -> tuple[int, dict]:
        path = tmp_path / "discipline.xml"
        path.write_text(f"<Interchange>{''.join(records)}</Interchange>", encoding="utf-8")
        done = CliRunner().invoke(cli.app, ["discipline", "check", str(path), "--json"])
        return done.exit_code, json.loads(done.stdout)

    return run


def test_the_command_names_what_was_reported_to_police(check):
    quiet = INCIDENT.replace(">10<", ">11<").replace("I1", "I2").replace(">true<", ">false<")
    code, answer = check(INCIDENT, quiet, involved(BY_REF), ACTION)
    assert (code, answer["incidents"], answer["students"], answer["actions"]) == (0, 2, 1, 1)
    told = {"school": "7", "incident": "10", "occurred_on": "2026-10-05", "case_number": "26-1"}
    assert (answer["reported"], answer["problems"]) == ([told], [])


def test_the_command_names_the_records_it_cannot_read_and_fails(check):
    code, answer = check(INCIDENT.replace("2026-10-05", "soon"), INCIDENT)
    assert (code, answer["incidents"]) == (1, 1)
    (problem,) = answer["problems"]
    assert (problem["file"], problem["number"], problem["element"]) == ("discipline.xml", 1, "IncidentDate")
    assert "soon" not in json.dumps(problem)


def test_a_file_of_something_else_is_refused_and_an_empty_month_is_not(tmp_path: Path):
    def checked(name: str, text: str) -> object:
        path = tmp_path / name
        path.write_text(text)
        return CliRunner().invoke(cli.app, ["discipline", "check", str(path), "--json"])

    for name, text in [("Student.xml", "<InterchangeStudent><Student/></InterchangeStudent>"), ("notes.txt", "none")]:
        refused = checked(name, text).exception
        assert isinstance(refused, BadInput)
        assert (refused.where, "StudentDiscipline.xml" in refused.mend) == (name, True)
    assert checked("quiet.xml", "<InterchangeStudentDiscipline></InterchangeStudentDiscipline>").exit_code == 0
