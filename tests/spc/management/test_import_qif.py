"""What a measuring machine measured, told at the shell: against a report that was not made here."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import conformance
from tests.qms.test_qif import small


def told(path):
    out = StringIO()
    call_command("import_qif", str(path), "--dry-run", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_pp_and_ppk_by_the_deviation_of_all_parts(tmp_path):
    path = tmp_path / "two.qif"
    path.write_bytes(small((5.05, 0.1), (4.95, 0.3)))

    diameter, flatness = told(path)["characteristics"]

    assert (round(diameter["pp"], 4), round(diameter["ppk"], 4)) == (0.4714, 0.4714)
    assert (flatness["pp"], round(flatness["ppk"], 4)) == (None, 0.0)
    assert (diameter["nominal"], diameter["lsl"], diameter["usl"], flatness["failed"]) == (5.0, 4.9, 5.1, 2)


def test_the_plates_of_nist_are_told_whole():
    answer = told(conformance.locate("nist_box/PlateResults_20_samples.QIF"))

    assert (answer["parts"], answer["failed"], len(answer["characteristics"])) == (20, 20, 31)
    assert {one["n"] for one in answer["characteristics"]} == {20}
    assert all((one["pp"] is None) == (one["lsl"] is None) for one in answer["characteristics"])


def test_a_file_that_is_none_is_named(tmp_path):
    with pytest.raises(CommandError, match="opened"):
        told(tmp_path / "absent.qif")
