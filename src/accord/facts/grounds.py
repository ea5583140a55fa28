"""Grounds for discipline in the Education Code, by subdivision, so that discipline and crime can be told apart."""

from __future__ import annotations

from accord.facts.coded import Coded


class Ground(Coded):
    """A subdivision under which a student may be, or must be, recommended for suspension or expulsion."""

    A1 = "48900(a)(1)", "Injured someone, or tried or threatened to"
    A2 = "48900(a)(2)", "Used force on purpose, not in self-defense"
    B = "48900(b)", "Firearm, knife, explosive or other dangerous object"
    C = "48900(c)", "Drugs or alcohol"
    D = "48900(d)", "Something passed off as drugs or alcohol"
    E = "48900(e)", "Robbery or extortion"
    F = "48900(f)", "Damage to property"
    G = "48900(g)", "Theft"
    H = "48900(h)", "Tobacco or nicotine"
    I = "48900(i)", "Obscene act, or profanity as a habit"  # noqa: E741 - the letter of the subdivision
    J = "48900(j)", "Drug paraphernalia"
    K = "48900(k)", "Disruption or defiance"
    L = "48900(l)", "Received stolen property"
    M = "48900(m)", "Imitation firearm"
    N = "48900(n)", "Sexual assault or battery"
    O = "48900(o)", "Harassed or threatened a witness"  # noqa: E741 - the letter of the subdivision
    P = "48900(p)", "Sold the prescription drug Soma"
    Q = "48900(q)", "Hazing"
    R = "48900(r)", "Bullying"
    T = "48900(t)", "Helped to injure someone"
    SEXUAL_HARASSMENT = "48900.2", "Sexual harassment"
    HATE_VIOLENCE = "48900.3", "Hate violence"
    HARASSMENT = "48900.4", "Harassment, threats or intimidation"
    TERRORISTIC_THREAT = "48900.7", "Terroristic threat"
    MUST_1 = "48915(c)(1)", "Had, sold or furnished a firearm"
    MUST_2 = "48915(c)(2)", "Brandished a knife"
    MUST_3 = "48915(c)(3)", "Sold a controlled substance"
    MUST_4 = "48915(c)(4)", "Sexual assault or battery, or an attempt"
    MUST_5 = "48915(c)(5)", "Had an explosive"
