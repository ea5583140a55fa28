"""Bare cells and equations: read whole or refused with what, where and how to mend it."""

from pathlib import Path

import pytest

from accord.decision import BadInput
from accord.stats.bare import On, Policy, Zeros, lower, movable, primary
from accord.stats.bare_files import read

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
