"""No count of students is above the students enrolled: search, attack and proof know it, as trying every table does."""

from contextlib import suppress
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from typer.testing import CliRunner

from accord.cli import app, load
from accord.decision import BadInput
from accord.stats import bare_files, ledger, proof
from accord.stats.audit import attack, shown
from accord.stats.bare import UNKNOWN, On, Policy, Zeros, lower, movable, upper
from accord.stats.ceilings import of_few, widths
from accord.stats.coarser import coarsened, steps
from accord.stats.joint import joined
from accord.stats.layout import layout
from accord.stats.pattern import Unsafe, protect
from accord.stats.publication import publication
from tests.stats.long_form import grid, spaced
from tests.stats.searched import cheapest
from tests.stats.tiny_bare import release

SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2)]


def enrolled(random, shape, most=4):
    """A table of students counted and enrolled, all margins of both, some enrollments not public."""
    sizes = release(random.integers(0, most + 1, shape)).values
    counts = np.round(sizes[_inner(shape)].reshape(shape) * random.random(shape)).astype(int)
    told = np.where(random.random(len(sizes)) < 0.2, UNKNOWN, sizes)
    return replace(release(counts), denominators=told, most=told)


def _inner(shape):
    full = tuple(size + 1 for size in shape)
    return [at for at, spot in enumerate(np.ndindex(full)) if all(i < n for i, n in zip(spot, shape, strict=True))]


def every_table(bare, hidden, policy):
    """Every table that fits what is printed and all that may be assumed, one a row: found by trying all."""
    away, matrix = np.flatnonzero(hidden), bare.equations.toarray()
    low, high = lower(bare, policy), np.minimum(upper(bare), bare.values.max())
    least = [0 if bare.denominators[cell] == 0 else low[cell] for cell in away]
    numbers = np.array([*product(*(range(a, int(high[cell]) + 1) for a, cell in zip(least, away, strict=True)))])
    numbers = numbers.reshape(-1, len(away))
    right = matrix @ np.where(hidden, 0, bare.values)
    fits = (numbers @ matrix[:, away].T + right == 0).all(axis=1)
    found = np.repeat(bare.values[None], int(fits.sum()), axis=0)
    found[:, away] = numbers[fits]
    return found


def policies(random):
    return Policy(
        threshold=int(random.integers(1, 4)),
        width=int(random.integers(2, 6)),
        on=list(On)[random.integers(3)],
        zeros=list(Zeros)[random.integers(2)],
    )


@pytest.mark.parametrize("block", range(4))
def test_intervals_are_those_of_every_table_that_enrollment_allows(block):
    random = np.random.default_rng(block)
    for _ in range(40):
        bare, policy = enrolled(random, SHAPES[random.integers(len(SHAPES))]), policies(random)
        hidden = movable(bare, policy) & (random.random(len(bare)) < 0.6)
        hidden[np.flatnonzero(hidden)[6:]] = hidden[-1] = False
        every = every_table(bare, hidden, policy)
        found = attack(shown(bare, hidden, policy))
        assert (found.low == every.min(axis=0)).all()
        assert (found.high == every.max(axis=0)).all()
        need = widths(bare, policy)
        quick = attack(shown(bare, hidden, policy), need)
        assert ((quick.widths >= need) == (np.ptp(every, axis=0) + 1 >= need)).all()


@pytest.mark.parametrize("seed", range(30))
def test_the_cost_under_ceilings_is_the_least_there_is(seed):
    random = np.random.default_rng(500 + seed)
    bare, policy = enrolled(random, [(2, 2), (2, 3)][seed % 2], most=6), policies(random)
    least = cheapest(bare, policy)
    if least is None:
        with pytest.raises(Unsafe):
            protect(bare, policy)
        return
    found = protect(bare, policy)
    assert found.cost == pytest.approx(least)
    assert found.gap == 0


@pytest.mark.parametrize("seed", range(6))
def test_a_proof_stays_below_the_ceilings_and_is_told_when_it_does_not(seed):
    random = np.random.default_rng(900 + seed)
    while True:
        bare, policy = enrolled(random, (3, 3), most=9), replace(policies(random), on=On.COUNT)
        with suppress(Unsafe):
            hidden = protect(bare, policy, seconds=1).hidden
            if of_few(bare, policy).any():
                break
    plain, bad = proof.proved(bare, hidden, policy)
    assert not bad.any()
    assert list(proof.faults(bare, hidden, plain)) == []
    cell = int(np.flatnonzero(of_few(bare, policy))[0])
    fewer = replace(bare, most=bare.most - (np.arange(len(bare)) == cell))
    assert f"A table gives {bare.names[cell]} a value that it cannot have." in proof.faults(fewer, hidden, plain)


def students(folder, counts, sizes, **options):
    """Two schools of two groups: how many students were counted and how many are enrolled."""
    rows = [(*codes, "students") for codes in grid(np.array(counts), "s", "r")]
    told = grid(np.array(sizes), "s", "r")
    return spaced(folder, "school,race", rows, more="measure", students=told, groups="school,race", **options)


SIZES = [[4, 60, 300], [200, 900, 400], [300, 500, 600]]


def test_a_star_in_a_small_group_keeps_every_number_that_enrollment_allows(tmp_path):
    space = students(tmp_path, [[3, 26, 30], [20, 30, 40], [31, 33, 50]], SIZES)
    release = publication(space, Policy())
    cell = space.bare.names.index("s0|r0")
    found = attack(shown(space.bare, release.hidden, Policy()))
    assert (found.low[cell], found.high[cell]) == (1, 4)
    assert release.proof["of_few"] == 1
    for name, content in release.files.items():
        (tmp_path / name).write_bytes(content)
    load()
    names = ("cells", "equations", "status")
    attacked = ["attack", *(part for name in names for part in (f"--{name}", str(tmp_path / f"{name}.csv")))]
    told = CliRunner().invoke(app, attacked)
    assert (told.exit_code, "s0|r0,1,4" in told.stdout.splitlines()) == (0, True)
    assert "1 small counts keep fewer than 5 values: all that can be in groups of so few." in told.stderr
    unaware = CliRunner().invoke(app, [*attacked, "--assume", "a0,a1"]).stdout.splitlines()
    assert int(next(line for line in unaware if line.startswith("s0|r0,")).rsplit(",", 1)[1]) > 4


def test_a_star_for_the_only_student_of_a_group_is_refused_unless_zeros_of_small_groups_are_hidden(tmp_path):
    sizes = [[1, 60, 300], *SIZES[1:]]
    space = students(tmp_path, [[1, 26, 30], [20, 30, 40], [31, 33, 50]], sizes)
    with pytest.raises(Unsafe, match="--on both") as refused:
        publication(space, Policy())
    assert "s0|r0" in refused.value.cells
    release = publication(space, Policy(on=On.BOTH))
    found = attack(shown(space.bare, release.hidden, Policy(on=On.BOTH)))
    assert found.widths[space.bare.names.index("s0|r0")] == 2


def test_printed_zeros_do_not_pass_the_ceiling_of_one_group_on_to_a_total_unseen(tmp_path):
    """Nobody else of the school was counted, so the three of its total are among the four students of one race."""
    space = students(tmp_path, [[3, 0, 0], [20, 30, 40], [31, 33, 50]], SIZES)
    with pytest.raises(Unsafe, match="Stars, printed zeros and the number enrolled") as refused:
        publication(space, Policy())
    assert refused.value.cells == ("s0|all",)
    free = Policy(zeros=Zeros.HIDEABLE)
    release = publication(space, free)
    found = attack(shown(space.bare, release.hidden, free))
    assert found.widths[space.bare.names.index("s0|all")] >= 5
    assert found.widths[space.bare.names.index("s0|r0")] == 5


def test_a_total_without_an_enrollment_of_its_own_is_of_those_of_its_parts():
    bare = release([[1, 2], [30, 40]])
    told = {"0-0": 2, "0-1": 2}
    bare = replace(bare, most=np.array([told.get(name, UNKNOWN) for name in bare.names]))
    assert widths(bare, Policy()).tolist() == [2, 2, 4, 5, 5, 5, 5, 5, 5]
    assert of_few(bare, Policy()).sum() == 3


@pytest.mark.parametrize(("measure", "refused"), [("students.arrest", True), ("arrest", False)])
def test_more_students_than_are_enrolled_are_refused_and_more_events_are_not(tmp_path, measure, refused):
    rows = [("s0", "a", 5, measure), ("s0", "b", 20, measure)]
    sizes = {"students": [("s0", "a", 4), ("s0", "b", 60)], "groups": "school,race"}
    if not refused:
        assert (spaced(tmp_path, "school,race", rows, more="measure", **sizes).bare.most == UNKNOWN).all()
        return
    with pytest.raises(BadInput, match="counts 5 in a group of 4 students enrolled") as told:
        spaced(tmp_path, "school,race", rows, more="measure", **sizes)
    assert "all who were enrolled at any time" in told.value.mend


def test_ceilings_of_earlier_releases_are_known_to_whoever_kept_them(tmp_path):
    """The counts by group came with enrollment; those by group and school come without it."""
    rows = [("r0", 3, "students"), ("r1", 30, "students"), ("r2", 40, "students")]
    sizes = [("r0", 4), ("r1", 300), ("r2", 400)]
    first = spaced(tmp_path, "race", rows, more="measure", students=sizes, groups="race")
    shelf = tmp_path / "ledger"
    shelf.mkdir()
    ledger.add(shelf, publication(first, Policy()).files[ledger.FILE])
    counts = [("s0", "r0", 1), ("s1", "r0", 2), *((s, r, n) for s in ("s0", "s1") for r, n in (("r1", 15), ("r2", 20)))]
    new = spaced(tmp_path, "school,race", [(*row, "students") for row in counts], "school,race", more="measure")
    both = joined(new, ledger.read(shelf), {}, Policy())
    assert both.most[both.names.index("all|r0")] == 4
    with pytest.raises(Unsafe):
        publication(new, Policy(), earlier=ledger.read(shelf))
    assert publication(new, Policy(), earlier=()).proof["valid"], "without the ledger nothing seems wrong"


def test_a_file_of_cells_tells_what_they_cannot_be_above(tmp_path):
    """Two stars come to 8 and one of them is at most 5: so it is 1 to 5 and the other 3 to 7."""
    cells, equations = tmp_path / "c.csv", tmp_path / "e.csv"
    cells.write_text("cell,value,most\nall,48,\na,4,5\nb,4,\nc,40,\n")
    equations.write_text("row,cell,coef\nr,all,1\nr,a,-1\nr,b,-1\nr,c,-1\n")
    bare = bare_files.read(cells, equations)
    hidden = np.array([False, True, True, False])
    found = attack(shown(bare, hidden, Policy()))
    assert (found.low[1:3].tolist(), found.high[1:3].tolist()) == ([1, 3], [5, 7])
    load()
    files = ["--cells", str(cells), "--equations", str(equations)]
    done = CliRunner().invoke(app, ["protect", *files, "--width", "3", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    status, proof_ = tmp_path / "out" / "status.csv", tmp_path / "out" / "certificate.json"
    check = ["attack", *files, "--status", str(status), "--check", str(proof_)]
    assert CliRunner().invoke(app, check).stdout == "The certificate holds.\n"
    cells.write_text(cells.read_text().replace("a,4,5", "a,4,4"))
    assert "a a value that it cannot have" in CliRunner().invoke(app, check).stdout
    cells.write_text("cell,value,most\nall,48,\na,4,3\nb,4,\nc,40,\n")
    with pytest.raises(BadInput, match="a is 4 and can be at most 3"):
        bare_files.read(cells, equations)


def test_groups_told_together_have_their_ceilings_together(tmp_path):
    space = students(tmp_path, [[3, 26, 30], [20, 30, 40], [31, 33, 50]], SIZES)
    fine = layout(space.bare, ("school", "race"))
    (step,) = [one for one in steps(fine) if one.words == "race: r0 and r1 together"]
    made = coarsened(fine, step).bare
    assert made.most[made.names.index("s0|r0+r1")] == 64
