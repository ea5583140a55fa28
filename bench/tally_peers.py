"""What two fairness libraries need for the same one-way tables. Runs in an environment of their own, without Accord.

python tally_peers.py EVENTS.parquet COLUMN ...     prints JSON: seconds from the file to the tables, by library

Aequitas counts every group of every column and holds its rates against those of the largest group. Fairlearn's
MetricFrame is given the two figures that are compared, the number of events and the share of them with an arrest.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Sequence
from typing import Any


def aequitas_tables(path: str, columns: Sequence[str]) -> Any:
    """Counts and disparities of every group."""
    import pandas
    from aequitas.bias import Bias
    from aequitas.group import Group

    data = pandas.read_parquet(path, columns=[*columns, "arrest"])
    data = data.astype(dict.fromkeys(columns, "object"))
    data["score"] = data["label_value"] = data.pop("arrest").astype(int)
    counts, _ = Group().get_crosstabs(data, attr_cols=list(columns))
    return Bias().get_disparity_major_group(counts, original_df=data, check_significance=False)


def fairlearn_tables(path: str, columns: Sequence[str]) -> Any:
    """Number and share in every group of every column."""
    import pandas
    from fairlearn.metrics import MetricFrame, count, selection_rate

    data = pandas.read_parquet(path, columns=[*columns, "arrest"])
    arrest = data["arrest"].astype(int)
    return [
        MetricFrame(
            metrics={"count": count, "rate": selection_rate},
            y_true=arrest,
            y_pred=arrest,
            sensitive_features=data[column],
        ).by_group
        for column in columns
    ]


def main(path: str, *columns: str) -> None:
    """Time each of them once; what they import is loaded before."""
    import aequitas.bias
    import aequitas.group  # noqa: F401
    import fairlearn.metrics  # noqa: F401

    warnings.simplefilter("ignore")
    seconds = {}
    for library in (aequitas_tables, fairlearn_tables):
        start = time.perf_counter()
        library(path, columns)
        seconds[library.__name__.partition("_")[0]] = time.perf_counter() - start
    sys.stdout.write(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
