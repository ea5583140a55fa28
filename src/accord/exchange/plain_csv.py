"""A plain CSV file: one row for each student, columns under any of the usual names."""

from __future__ import annotations

from accord.decision import BadInput, Say
from accord.exchange import tables
from accord.exchange.assemble import Cell, parsed
from accord.exchange.bundle import Bundle
from accord.exchange.roster import Reading, RosterStudent, Students
from accord.exchange.tables import Row, Table
from accord.facts import Disability

COLUMNS: dict[str, tuple[str, ...]] = {
    "local_id": (
        "local_id", "student_id", "local_student_id", "student_number", "student_local_id", "district_student_id",
        "sis_id", "perm_id", "permanent_id", "stu_id", "student", "sourcedid", "studentuniqueid", "id",
    ),
    "ssid": ("ssid", "state_id", "state_student_id", "statewide_student_identifier", "state_student_identifier"),
    "school": ("school", "school_code", "school_id", "cds", "cds_code", "school_cds", "school_name", "site"),
    "grade": ("grade", "grade_level", "grades"),
    "birth_date": ("birth_date", "birthdate", "date_of_birth", "dob", "birthday"),
    "sex": ("sex", "gender"),
    "hispanic": ("hispanic", "hispanic_latino", "hispanic_or_latino", "hispanic_ethnicity", "hispanic_indicator",
                 "hispanic_ethnicity_indicator", "ethnicity", "hispanic_or_latino_ethnicity"),
    "races": ("race_codes", "races", "race", "race_code", "race_1", "race_code_1"),
    "idea": ("idea", "special_education", "sped", "special_ed", "iep", "swd", "student_with_disability"),
    "section_504": ("section_504", "504", "plan_504", "section_504_plan", "504_plan"),
    "disability": ("disability", "disability_service", "disability_status"),
    "english_learner": ("english_learner", "el", "ell", "elas", "elas_code", "el_status", "english_learner_status"),
    "entered_on": ("entered_on", "entry_date", "enrollment_start", "enrollment_start_date", "enrollment_begin",
                   "enrollment_begin_date", "enrolled_on", "enter_date", "start_date", "begin_date"),
    "left_on": ("left_on", "exit_date", "enrollment_end", "enrollment_end_date", "leave_date", "withdrawal_date",
                "end_date", "exit_withdraw_date"),
    "given_name": ("given_name", "first_name", "firstname", "student_first_name"),
    "family_name": ("family_name", "last_name", "lastname", "surname", "student_last_name"),
}  # fmt: skip
"""For each field, the names its column goes by; the first is ours."""

MORE_RACES = tuple(f"{name}{number}" for name in ("race", "racecode") for number in range(2, 8))
_DISABILITY = {
    "idea": Disability.IDEA, "iep": Disability.IDEA, "sped": Disability.IDEA, "specialeducation": Disability.IDEA,
    "144": Disability.IDEA, "yes": Disability.IDEA, "y": Disability.IDEA, "true": Disability.IDEA, "1": Disability.IDEA,
    "504": Disability.SECTION_504, "section504": Disability.SECTION_504, "101": Disability.SECTION_504,
    "section504plan": Disability.SECTION_504, "specialeducationidea": Disability.IDEA,
    "none": Disability.NONE, "no": Disability.NONE, "n": Disability.NONE, "false": Disability.NONE,
    "0": Disability.NONE, "": Disability.UNKNOWN, "unknown": Disability.UNKNOWN,
}  # fmt: skip


def students(bundle: Bundle, name: str, reading: Reading) -> Students:
    """The students of a CSV file, in its order.

    Raises:
        BadInput: when no column can hold the district's number of a student.
    """
    with tables.table(bundle, name, reading) as table:
        found = _columns(table)
        if "local_id" not in found:
            known = ", ".join(options[0] for options in COLUMNS.values())
            raise BadInput(
                "No column holds the district's number of a student.",
                where=f"{table.file}, line 1",
                mend=f"Name a column local_id. The columns that are read: {known}.",
            )
        _tell_of_the_rest(table, found, reading)
        if not reading.choices.keep_names:
            found = {field: column for field, column in found.items() if field not in ("given_name", "family_name")}
        for row in table.rows(counted=True):
            reading.rows += 1
            if student := _student(table, found, row, reading):
                yield student


def _columns(table: Table) -> dict[str, str]:
    """The column of each field that the file has."""
    found = {}
    for field, names in COLUMNS.items():
        here = [tables.key(name) for name in names if tables.key(name) in table.columns]
        if here:
            found[field] = here[0]
    return found


def _tell_of_the_rest(table: Table, found: dict[str, str], reading: Reading) -> None:
    read = {*found.values(), *MORE_RACES}
    if rest := [table.named(column) for column in table.columns if column not in read]:
        values = {"file": table.file, "columns": ", ".join(rest)}
        reading.warn(Say("{file}: not read, because unknown: {columns}.", values))


def _student(table: Table, found: dict[str, str], row: Row, reading: Reading) -> RosterStudent | None:
    cells = {
        field: Cell(table.named(column), row.get(column), row.place)
        for field, column in found.items()
        if field != "disability"
    }
    if "races" in cells and (more := [text for column in MORE_RACES if (text := row.get(column))]):
        cells["races"] = cells["races"]._replace(text=";".join([cells["races"].text, *more]))
    values = parsed(cells, reading, strict_ssid=True)
    if "disability" in found:
        service = _DISABILITY.get(tables.key(row.get(found["disability"])))
        if service is None:
            column = table.named(found["disability"])
            reading.reject(row.place, column, Say("this is not one of idea, 504, none, unknown"))
            return None
        if values is not None and values.get("disability", Disability.UNKNOWN) is Disability.UNKNOWN:
            values["disability"] = service
    return None if values is None else RosterStudent(place=row.place, **values)
