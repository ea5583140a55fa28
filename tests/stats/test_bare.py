"""Bare cells and equations: read whole or refused with what, where and how to mend it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest

from accord.decision import BadInput
from accord.stats.bare import UNKNOWN, Need, On, Policy, Zeros, lower, movable, primary, small_sums
from accord.stats.bare_files import read, refuse_larger_than_memory

CELLS = "cell,value,denom\ntotal,15,100\na,10,50\nb,3,8\nc,2,42\nd,0,0\n"
EQUATIONS = "row,cell,coef\nsum,total,1\nsum,a,-1\nsum,b,-1\nsum,c,-1\nsum,d,-1\n"


def files(folder: Path, cells: str = CELLS, equations: str = EQUATIONS):
    (folder / "cells.csv").write_text(cells)
    (folder / "equations.csv").write_text(equations)
    return read(folder / "cells.csv", folder / "equations.csv")


def names(bare, flags):
    return {name for name, told in zip(bare.names, flags, strict=True) if told}


def test_small_counts_are_primary_and_small_groups_where_the_policy_says_so(tmp_path):
    bare = files(tmp_path)
    assert names(bare, primary(bare, Policy(threshold=3))) == {"b", "c"}
    assert names(bare, primary(bare, Policy(threshold=8, on=On.GROUP))) == {"b"}
    assert names(bare, primary(bare, Policy(threshold=8, on=On.BOTH))) == {"b", "c"}


def test_a_zero_is_hidden_only_where_zeros_may_be_and_somebody_is_enrolled(tmp_path):
    bare = files(tmp_path, CELLS.replace("d,0,0", "d,0,0\ne,0,9"), EQUATIONS + "sum,e,-1\n")
    assert names(bare, movable(bare, Policy())) == {"total", "a", "b", "c"}
    assert names(bare, movable(bare, Policy(zeros=Zeros.HIDEABLE))) == {"total", "a", "b", "c", "e"}


def test_where_zeros_are_printed_a_hidden_count_is_known_to_be_one_or_more(tmp_path):
    bare = files(tmp_path)
    assert set(lower(bare, Policy())) == {1}
    assert set(lower(bare, Policy(zeros=Zeros.HIDEABLE))) == {0}


def test_a_count_that_tells_of_everybody_or_of_nobody_is_hidden_where_the_policy_says_so(tmp_path):
    bare = files(
        tmp_path, CELLS.replace("a,10,50", "a,10,10").replace("d,0,0", "d,0,0\ne,0,9"), EQUATIONS + "sum,e,-1\n"
    )
    usual = Policy(threshold=1)
    assert names(bare, primary(bare, usual)) == set()
    assert names(bare, primary(bare, replace(usual, whole_groups=True))) == {"a"}
    nobody = replace(usual, empty_groups=True, zeros=Zeros.HIDEABLE)
    assert names(bare, primary(bare, nobody)) == {"e"}, "that a group without students has a count of 0 is no news"
    with pytest.raises(BadInput, match="none can be hidden"):
        replace(usual, empty_groups=True)


def test_a_zero_of_a_small_group_is_hidden_unless_it_follows_from_a_printed_one(tmp_path):
    cells = "cell,value,denom\nall,20,100\na,0,60\na1,0,6\na2,0,54\nb,20,40\nb1,20,35\nb2,0,5\n"
    sums = {"all": "ab", "a": ("a1", "a2"), "b": ("b1", "b2")}
    equations = "row,cell,coef\n" + "".join(
        f"{total},{total},1\n" + "".join(f"{total},{part},-1\n" for part in parts) for total, parts in sums.items()
    )
    bare = files(tmp_path, cells, equations)
    assert names(bare, primary(bare, Policy(on=On.GROUP))) == {"b2"}, "nothing happened in a, so nothing to a1"
    assert names(bare, primary(bare, Policy(on=On.GROUP, zeros=Zeros.HIDEABLE))) == {"a1", "b2"}


def test_parquet_says_the_same_as_csv(tmp_path):
    one = files(tmp_path)
    for name in ("cells", "equations"):
        pyarrow.parquet.write_table(pyarrow.csv.read_csv(tmp_path / f"{name}.csv"), tmp_path / f"{name}.parquet")
    other = read(tmp_path / "cells.parquet", tmp_path / "equations.parquet")
    assert (one.names, one.values.tolist()) == (other.names, other.values.tolist())
    assert (one.equations != other.equations).nnz == 0


def test_events_of_few_students_are_primary(tmp_path):
    """10 events of 2 students; 3 and 2 events of as many."""
    told = [f"{line},{more}" for line, more in zip(CELLS.splitlines(), ("students", 7, 2, 3, 2, ""), strict=True)]
    bare = files(tmp_path, "\n".join(told) + "\n")
    assert names(bare, primary(bare, Policy(threshold=2))) == {"a", "c"}
    assert names(bare, primary(bare, Policy(threshold=2, students=False))) == {"c"}


def test_what_an_earlier_release_decided_is_kept(tmp_path):
    bare = files(tmp_path)
    told = {"published": [False, False, True, False, False], "hidden": [False, True, False, False, False]}
    bound = replace(bare, **{name: np.array(flags) for name, flags in told.items()})
    policy = Policy(threshold=3)
    assert names(bound, primary(bound, policy)) == {"c"}, "b is known already"
    assert names(bound, movable(bound, policy)) == {"total", "a", "c"}
    need = replace(bare, need=np.array([Need.NEVER, Need.ALWAYS, Need.NEVER, Need.BY_COUNT, Need.BY_COUNT]))
    assert names(need, primary(need, policy)) == {"a", "c"}


def test_hidden_cells_on_one_side_of_a_sum_that_come_to_a_small_count_are_found(tmp_path):
    bare = files(tmp_path)
    policy = Policy(threshold=5)
    for away, found in (("bc", [0]), ("b", [0]), ("abc", []), ("", [])):
        hidden = np.array([name in away for name in bare.names])
        assert small_sums(bare, hidden, policy).tolist() == found
    with_total = np.array([name in ("total", "b", "c") for name in bare.names])
    assert not len(small_sums(bare, with_total, policy)), "the total is hidden too, so no rest is printed"


def test_published_cells_may_be_read_without_the_hidden_values(tmp_path):
    shown = "cell,value,denom,least\ntotal,15,100,\na,10,50,\nb,,8,\nc,,42,0\nd,0,0,\n"
    (tmp_path / "c.csv").write_text(shown)
    (tmp_path / "e.csv").write_text(EQUATIONS)
    bare = read(tmp_path / "c.csv", tmp_path / "e.csv", blanks=True)
    assert bare.values.tolist() == [15, 10, UNKNOWN, UNKNOWN, 0]
    assert names(bare, bare.blank) == {"c"}
    with pytest.raises(BadInput, match="no count"):
        read(tmp_path / "c.csv", tmp_path / "e.csv")


def test_a_file_larger_than_memory_says_how_much_it_would_need(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text(CELLS)
    refuse_larger_than_memory(path, memory=3 * len(CELLS))
    with pytest.raises(BadInput, match=r"needs about 0\.0 GiB of memory"):
        refuse_larger_than_memory(path, memory=3 * len(CELLS) - 1)


@pytest.mark.parametrize(
    ("cells", "equations", "what", "where"),
    [
        (CELLS.replace("b,3,8", "b,2.5,8"), EQUATIONS, "no count", "line 4"),
        (CELLS.replace("b,3,8", "b,-3,8"), EQUATIONS, "no count", "line 4"),
        (CELLS.replace("b,3,8", "a,3,8"), EQUATIONS, "twice", "cells.csv"),
        (CELLS.replace("b,3,8", "b,4,8"), EQUATIONS, "sums to -1", "equations.csv"),
        (CELLS + "e,1,5\n", EQUATIONS, "stands in no equation", "equations.csv"),
        (CELLS, EQUATIONS + "sum,z,-1\n", "no cell z", "line 7"),
        (CELLS, EQUATIONS.replace("sum,d,-1", "sum,d,0"), "coef is 0", "line 6"),
        (CELLS.replace("value", "number"), EQUATIONS, "column value is missing", "cells.csv"),
        ("", EQUATIONS, "", "cells.csv"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path, cells, equations, what, where):
    with pytest.raises(BadInput) as refused:
        files(tmp_path, cells, equations)
    assert what in refused.value.what
    assert where in refused.value.where
    assert refused.value.mend
