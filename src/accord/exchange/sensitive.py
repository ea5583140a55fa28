"""Columns that must never be read: where someone was born, what papers they hold, passwords, and identity numbers.

Education Code 234.7 keeps schools from collecting what tells of immigration status. An export brings such columns
along unasked, so they are dropped by name before any value is looked at, and named in the answer.
"""

from __future__ import annotations

import re

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_NAMES = frozenset(
    """
    countryofbirth countryofbirthcode stateofbirth stateofbirthabbreviation cityofbirth placeofbirth birthplace pob
    birthcountry birthcountrycode birthstate birthstateabbreviation birthcity birthcounty birthprovince
    birthinternationalprovince birthaddress nativecountry countryoforigin nationalorigin nationality
    dateenteredus usentrydate uswhenentered firstusentry firstusschool firstusschooldate dateofentryus entrydateus
    citizenship citizen citizenshipstatus uscitizen immigration immigrationstatus immigrant immigrantstatus
    visa visatype visanumber visastatus i94 i20 i94number passport passportnumber greencard aliennumber anumber
    residencystatus legalresident lawfulresident documented undocumented refugee asylee daca sevis sevisid
    migrant ssn socialsecurity socialsecuritynumber socialsecurityno taxid itin
    password passwd pwd pin passwordhash
    """.split()
)
_PARTS = (
    {"birth", "country"},
    {"birth", "place"},
    {"birth", "city"},
    {"birth", "state"},
    {"birth", "county"},
    {"birth", "province"},
    {"social", "security"},
    {"country", "origin"},
)
_ALONE = {"citizenship", "citizen", "immigration", "immigrant", "visa", "passport", "ssn", "password", "nationality"}


def is_sensitive(column: str) -> bool:
    """Does a column of this name hold what must not be read? Letter case, spaces and punctuation do not matter."""
    words = {word.lower() for word in _WORDS.findall(column)}
    plain = "".join(letter for letter in column.lower() if letter.isalnum())
    return plain in _NAMES or bool(words & _ALONE) or any(parts <= words for parts in _PARTS)
