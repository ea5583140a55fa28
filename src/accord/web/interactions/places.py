"""Where a contact took place, at or around a school."""

from accord.facts import Coded


class Place(Coded):
    """Kinds of places; never an address."""

    CLASSROOM = "classroom", "Classroom"
    HALLWAY = "hallway", "Hallway or restroom"
    YARD = "yard", "Yard, field or cafeteria"
    OFFICE = "office", "Office"
    PERIMETER = "perimeter", "Gate, parking or street next to the school"
    TRANSPORT = "transport", "School bus or other transport"
    OFF_CAMPUS = "off_campus", "School event off campus"
    ONLINE = "online", "Online or by phone"


ELSEWHERE = frozenset({Place.OFF_CAMPUS, Place.ONLINE})
"""Places that are no school's."""
