"""A certificate is checked by sums alone, and whatever is changed in it or beside it is told in words."""

import json
from dataclasses import replace

import numpy as np
import pytest
from bench.families import family
from scipy import sparse
from typer.testing import CliRunner

from accord.cli import app, load
from accord.decision import BadInput
from accord.stats import certificate, proof
from accord.stats.bare import UNKNOWN, Bare, Policy, Zeros, primary
from accord.stats.bare_files import read, read_status
from accord.stats.pattern import Pattern, Unsafe, protect
from tests.stats.tiny_bare import release

POLICY = Policy(threshold=5, width=3)
INNER = [[3, 4, 30], [20, 25, 40], [12, 9, 17]]


@pytest.fixture(scope="module")
def made():
    bare = release(INNER)
    hidden = protect(bare, POLICY).hidden
    plain, bad = proof.proved(bare, hidden, POLICY)
    assert not bad.any()
    return bare, hidden, json.dumps(plain)


def faults(made, change=lambda plain: None, bare=None, hidden=None):
    plain = json.loads(made[2])
    change(plain)
    return list(proof.faults(bare or made[0], made[1] if hidden is None else hidden, plain))


def test_a_proof_holds_for_the_release_it_was_made_of(made):
    assert faults(made) == []


@pytest.mark.parametrize("zeros", Zeros)
def test_a_proof_of_an_invented_release_holds(zeros):
    bare, policy = family("linked", 3, seed=4), Policy(width=3, zeros=zeros)
    hidden = protect(bare, policy, seconds=3).hidden
    plain, bad = proof.proved(bare, hidden, policy)
    assert not bad.any()
    assert list(proof.faults(bare, hidden, json.loads(json.dumps(plain)))) == []


def test_the_tables_are_the_same_whatever_the_hidden_values_are():
    one, two = release([[3, 4, 30], [4, 5, 40]]), release([[4, 3, 30], [3, 6, 40]])
    hidden = (one.values != two.values) & (one.values < 10)
    made = [proof.proved(bare, hidden, POLICY)[0]["tables"] for bare in (one, two)]
    assert made[0] == made[1]


def test_another_status_is_told(made):
    hidden = made[1].copy()
    shown = np.flatnonzero(~hidden & (made[0].values > 5))
    hidden[np.flatnonzero(hidden & (made[0].values > 5))[0]] = False
    hidden[shown[0]] = True
    assert "Other cells are hidden." in faults(made, hidden=hidden)


def test_a_small_count_that_is_printed_is_told(made):
    hidden = made[1].copy()
    hidden[made[0].names.index("0-0")] = False
    with pytest.raises(BadInput, match="no proof"):
        faults(made, hidden=hidden)
    hidden[np.flatnonzero(~hidden)[-1]] = True
    assert "0-0 is small and printed." in faults(made, hidden=hidden)


def test_another_count_is_told(made):
    other = release([[3, 5, 30], *INNER[1:]])
    told = faults(made, bare=other)
    assert any("The cells are not those" in one for one in told)
    assert any("does not fit the printed sums" in one for one in told)


def first(plain):
    return plain["tables"]["first"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda plain: first(plain).__setitem__(0, first(plain)[0] + 1), "The first table does not fit"),
        (lambda plain: plain["tables"]["moves"][0][1].__setitem__(0, 40), "Table 2 does not fit"),
        (lambda plain: plain["tables"].update(moves=[]), "small counts are not shown to keep 3 values"),
        (lambda plain: plain["policy"].update(width=30), "are not shown to keep 30 values"),
        (lambda plain: (plain["small"].pop(), plain["keep"].pop()), "Other counts are small"),
        (lambda plain: plain["policy"].update(threshold=60), "small and printed"),
        (lambda plain: plain["sha256"].update(equations="0"), "The equations are not those"),
    ],
)
def test_a_proof_that_was_changed_is_told(made, change, told):
    assert any(told in fault for fault in faults(made, change))


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: first(plain).pop(),
        lambda plain: plain["tables"]["moves"].append([[999], [1]]),
        lambda plain: plain["tables"]["moves"].append([[0], [0.5]]),
        lambda plain: plain["tables"]["moves"].append([[0, 0], [-9, 9]]),
        lambda plain: plain["policy"].update(on="everything"),
        lambda plain: plain["policy"].update(threshold="10"),
        lambda plain: plain["policy"].update(width=None),
        lambda plain: plain["policy"].update(students="yes"),
        lambda plain: plain["keep"].__setitem__(0, 1),
        lambda plain: plain["small"].append(0),
        lambda plain: plain.pop("sha256"),
    ],
)
def test_what_is_no_proof_is_refused(made, change):
    with pytest.raises(BadInput):
        faults(made, change)


def test_a_table_below_what_a_star_tells_is_told():
    """Two stars under 7 are 3 and 4, 1 and 6, but not 0 and 7 where zeros are printed."""
    bare = release([[3, 4], [20, 25]])
    hidden = np.array([name in ("0-0", "0-1", "1-0", "1-1") for name in bare.names])
    plain, _ = proof.proved(bare, hidden, POLICY)
    plain["tables"] = {"first": [0, 7, 23, 22], "moves": [[[0, 1, 2, 3], [5, -5, -5, 5]]]}
    assert any("0-0 a value that it cannot have" in one for one in proof.faults(bare, hidden, plain))


@pytest.mark.parametrize("far", [2**52, 2**60])
def test_tables_of_numbers_too_great_for_exact_sums_prove_nothing(far):
    """Whatever the sum and its rest are, 30 - 27 tells the 3; beside 2**60 in both, 4 more of it would be rounded off.

    Such a table would fit every sum as floating point numbers have it.
    """
    rows = sparse.csr_array(np.array([[-1.0, 1, 1, 0, 0], [-1, 1, 0, 1, -1]]))
    values = np.array([103, 100, 3, 30, 27])
    bare = Bare(("all", "rest", "a", "b", "c"), values, np.full(5, UNKNOWN), np.ones(5), rows)
    hidden = np.array([True, True, True, False, False])
    plain, bad = proof.proved(bare, hidden, POLICY)
    assert np.flatnonzero(bad).tolist() == [2]
    plain["tables"] = {"first": [103, 100, 3], "moves": [[[0, 1, 2], [far, far, 4]]]}
    if far > 2**52:
        with pytest.raises(BadInput):
            list(proof.faults(bare, hidden, plain))
    else:
        assert any("too great" in one for one in proof.faults(bare, hidden, plain))


def test_files_are_not_made_of_an_unsafe_pattern():
    bare = release(INNER)
    small = primary(bare, POLICY)
    with pytest.raises(Unsafe) as refused:
        certificate.files(bare, Pattern(small, small, 0.0, 0.0, 0.0), POLICY)
    assert set(refused.value.cells) == {"0-0", "0-1"}


def test_the_command_checks_what_the_command_wrote(tmp_path):
    """Three and four of 7 could each be 1 to 6; the certificate shows it, until a count of the file is another."""
    cells = tmp_path / "c.csv"
    cells.write_text("cell,value\nall,100\na,3\nb,4\nc,93\n")
    (tmp_path / "e.csv").write_text("row,cell,coef\nr,all,1\nr,a,-1\nr,b,-1\nr,c,-1\n")
    files = ["--cells", str(cells), "--equations", str(tmp_path / "e.csv")]
    load()
    run = CliRunner().invoke
    assert run(app, ["protect", *files, "--out", str(tmp_path / "out")]).exit_code == 0
    check = ["attack", *files, "--status", str(tmp_path / "out/status.csv"), "--check"]
    good = run(app, [*check, str(tmp_path / "out/certificate.json")])
    assert (good.exit_code, good.stdout) == (0, "The certificate holds.\n")
    bare = read(cells, tmp_path / "e.csv")
    assert list(bare.names) == ["all", "a", "b", "c"]
    assert read_status(tmp_path / "out/status.csv", bare.names).tolist() == [False, True, True, False]
    cells.write_text("cell,value\nall,101\na,3\nb,4\nc,94\n")
    bad = run(app, [*check, str(tmp_path / "out/certificate.json")])
    assert bad.exit_code == 1
    assert "The cells are not those that were proved." in bad.stdout


def test_whoever_has_what_is_printed_alone_checks_a_certificate(made):
    """Without the hidden counts the proof holds against the print, and a printed count that changed is told."""
    bare, hidden, _ = made
    blank = replace(bare, values=np.where(hidden, UNKNOWN, bare.values))
    assert faults(made, bare=blank) == []
    assert any("keep 3 values" in one for one in faults(made, lambda plain: plain["tables"].update(moves=[]), blank))
    other = blank.values.copy()
    other[~hidden] += 1
    told = faults(made, bare=replace(blank, values=other))
    assert "The figures printed are not those that were proved." in told


def test_a_release_without_small_counts_is_proved_by_no_table():
    bare = replace(release([[30, 40], [50, 60]]), hidden=np.arange(9) < 4)
    assert set(certificate.files(bare, protect(bare, POLICY), POLICY)) == {"status.csv", "certificate.json"}


def test_the_same_release_gives_the_same_bytes_but_for_the_time_it_took():
    bare, policy = family("linked", 3, seed=4), Policy(width=3)
    made = [certificate.files(bare, protect(bare, policy, seconds=20), policy) for _ in range(2)]
    told = [json.loads(one["certificate.json"]) for one in made]
    assert told[0]["gap"] == 0, "the search ended by itself"
    assert [one.pop("seconds") > 0 for one in told] == [True, True]
    assert told[0] == told[1]
    assert made[0]["status.csv"] == made[1]["status.csv"]
