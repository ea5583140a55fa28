"""Every way of citing a law comes down to one normal form, and nothing is made up."""

import pytest

from accord.documents.citations import citations
from accord.documents.laws import index, title_of


def _texts(text: str) -> list[str]:
    return [citation.text for citation in citations(text)]


@pytest.mark.parametrize(
    "written",
    [
        "Education Code 49076",
        "Ed. Code § 49076",
        "Ed Code 49076",
        "EC 49076",
        "EC § 49076",
        "Educ. Code, § 49076",
        "Cal. Educ. Code 49076",
        "California Education Code Section 49076",
        "Education Code section 49076",
        "section 49076 of the Education Code",
        "Education\nCode 49076",
    ],
)
def test_one_section_written_in_many_ways(written: str) -> None:
    assert _texts(f"Staff shall keep it ({written}).") == ["Education Code 49076"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Education Code 49060, 49061; 34 CFR 99.1-99.67",
            ["Education Code 49060", "Education Code 49061", "34 CFR 99.1-99.67"],
        ),
        ("Education Code 48900-48927", ["Education Code 48900-48927"]),
        (
            "Education Code 200 or 220, and Penal Code 422.55",
            ["Education Code 200", "Education Code 220", "Penal Code 422.55"],
        ),
        ("Sections 910 and 910.2 of the Government Code", ["Government Code 910", "Government Code 910.2"]),
        ("Education Code 48900(k) et seq.", ["Education Code 48900(k) et seq."]),
        ("34 C.F.R. § 99.31(a)(10)", ["34 CFR 99.31(a)(10)"]),
        ("34 CFR 99.3,99.31, 99.35", ["34 CFR 99.3", "34 CFR 99.31", "34 CFR 99.35"]),
        ("34 CFR Part 99", ["34 CFR Part 99"]),
        ("20 U.S.C. § 1232g; 42 USC 2000e-2000e-17", ["20 USC 1232g", "42 USC 2000e-2000e-17"]),
        ("Title 5, California Code of Regulations, Section 4600", ["5 CCR 4600"]),
        ("Cal. Code Regs., tit. 5, § 4600", ["5 CCR 4600"]),
        (
            "Gov't Code 7286; PC 13651; WIC 625.6",
            ["Government Code 7286", "Penal Code 13651", "Welfare and Institutions Code 625.6"],
        ),
        ("H&S Code 120335; W&I Code 827", ["Health and Safety Code 120335", "Welfare and Institutions Code 827"]),
        ("Education Code 49076 and 30 days after", ["Education Code 49076"]),
        ("BP/AR 3515.3 and Board Policy 5145.7", ["BP/AR 3515.3", "BP 5145.7"]),
        ("Idaho Code 33-512, 33-1202", ["Idaho Code 33-512", "Idaho Code 33-1202"]),
        ("RSA 189:9-a", ["RSA 189:9-a"]),
        ("42 USC 2000h-2-2000h-6; 24 CCR 11B-703", ["42 USC 2000h-2-2000h-6", "24 CCR 11B-703"]),
        ("42 USC 2000e-2000e-17", ["42 USC 2000e-2000e-17"]),
        ("Penal Code 13651.", ["Penal Code 13651"]),
        ("in grades 9-12 of policy year 2020", []),
    ],
)
def test_lists_ranges_and_other_bodies_of_law(written: str, expected: list[str]) -> None:
    assert _texts(written) == expected


@pytest.mark.parametrize(
    ("written", "text", "resolves"),
    [
        ("SB 98 (Ch. 24, Statutes of 2020)", "SB 98 (Ch. 24, Statutes of 2020)", True),
        ("Senate Bill 98 (Chapter 24, Stats. 2020)", "SB 98 (Ch. 24, Statutes of 2020)", True),
        ("SB 98 of 2025", "SB 98 (2025)", True),
        ("SB 98", "SB 98", False),
        ("SB 98 (Ch. 999, Statutes of 2020)", "SB 98 (Ch. 999, Statutes of 2020)", False),
        ("AB 49 (2023)", "AB 49 (2023)", False),
    ],
)
def test_a_bill_stays_a_bill_and_resolves_by_year_and_chapter(written: str, text: str, resolves: bool) -> None:
    (citation,) = citations(f"as amended by {written}, the law")
    assert (citation.text, citation.kind, citation.section) == (text, "bill", text.split()[1])
    assert (citation.resolved is not None) is resolves


def test_the_two_laws_called_sb_98_are_told_apart() -> None:
    assert title_of("SB 98 (2020)", "bill") != title_of("SB 98 (2025)", "bill")


def test_subdivisions_resolve_to_their_section_and_ranges_only_as_ranges() -> None:
    assert title_of("Education Code 49076(a)(1)", "code") == title_of("Education Code 49076", "code")
    assert title_of("Education Code 49076-49077", "code") is None
    assert title_of("Education Code 99999", "code") is None


def test_the_index_is_in_normal_form() -> None:
    for cite in index():
        assert [citation.text for citation in citations(f"({cite})")] == [cite]


@pytest.mark.parametrize(
    ("written", "kind", "section"),
    [
        ("Penal Code 626.9", "code", "626.9"),
        ("5 CCR 4600", "code", "4600"),
        ("34 CFR 99.1", "cfr", "99.1"),
        ("34 USC 10389", "usc", "10389"),
        ("AR 5144.1", "policy", "5144.1"),
        ("Idaho Code 33-512", "other", "33-512"),
    ],
)
def test_kind_and_section(written: str, kind: str, section: str) -> None:
    (citation,) = citations(written)
    assert (citation.kind, citation.section) == (kind, section)
