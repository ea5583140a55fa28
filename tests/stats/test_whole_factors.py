"""Equations in fractions are those in whole numbers, or are refused: sums of fractions do not come out."""

import numpy as np
import pytest

from accord.decision import BadInput
from accord.stats import certificate
from accord.stats.bare import Policy
from accord.stats.bare_files import read
from accord.stats.pattern import protect

CELLS = "cell,value\nall,106\na,3\nb,7\nc,96\n"


def bare(folder, all_, part, cells=CELLS):
    (folder / "c.csv").write_text(cells)
    (folder / "e.csv").write_text("row,cell,coef\n" + "".join(f"r,{one},{part}\n" for one in "abc") + f"r,all,{all_}\n")
    return read(folder / "c.csv", folder / "e.csv")


@pytest.mark.parametrize("one", ["0.1", "0.3333333333333333", "2.5", "1"])
def test_a_release_told_in_fractions_is_protected_like_one_in_whole_numbers(tmp_path, one):
    told = bare(tmp_path, f"-{one}", one)
    assert (told.equations.data == np.rint(told.equations.data)).all()
    found = protect(told, Policy(width=3))
    assert found.hidden.tolist() == [False, True, True, False]
    assert certificate.files(told, found, Policy(width=3))


def test_factors_that_no_number_makes_whole_are_refused(tmp_path):
    with pytest.raises(BadInput, match="The factors of the equation r cannot be made whole"):
        bare(tmp_path, "-0.31415926535", "0.31415926535")
