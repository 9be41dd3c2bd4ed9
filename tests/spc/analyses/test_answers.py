"""Answers as JSON and as text."""

import numpy as np

from spc.analyses import answers


def test_plain_holds_only_what_json_knows():
    found = answers.plain({"a": np.array([1.0, np.nan]), "b": (np.int64(2), float("inf")), "c": np.bool_(True)})

    assert found == {"a": [1.0, None], "b": [2, None], "c": True}


def test_text_is_aligned():
    found = answers.text({
        "center": 1.23456789, "ucl": float("nan"), "stable": True, "method": {"name": "mr"},
        "violations": [{"rule": "side-9", "point": 12}, {"rule": "beyond-3s", "point": 3}],
        "statistics": list(range(13)), "none": [],
    })  # fmt: skip

    assert found.splitlines() == [
        "center      1.23457",
        "ucl         -",
        "stable      yes",
        "method",
        "  name  mr",
        "violations",
        "       rule  point",
        "     side-9     12",
        "  beyond-3s      3",
        "statistics",
        "   0   1   2   3   4   5   6   7   8   9  10  11",
        "  12",
        "none",
    ]
