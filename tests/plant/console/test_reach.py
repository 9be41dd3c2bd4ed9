"""The console's look-ups and files stay within the administrator's own sites."""

import pytest

from plant.console import sheets
from plant.console.files import Line, Table
from plant.console.plans import FAULTY, plan
from plant.models import Equipment, Role
from plant.queries.where_used import where_used
from tests import factories
from tests.plant.test_scoping import other_site

pytestmark = pytest.mark.django_db


def near():
    return factories.person("AD", Role.ADMINISTRATOR, site=factories.site())


def test_where_used_counts_what_belongs_elsewhere_and_does_not_name_it():
    factories.received("HERE")
    factories.received("THERE", site=other_site())

    [lots] = [use for use in where_used(factories.material(), near()) if use.model._meta.model_name == "materiallot"]

    assert (lots.count, [str(row) for row in lots.rows], lots.elsewhere, lots.rest) == (2, ["HERE"], 1, 0)


def test_a_file_may_not_change_or_name_a_place_of_another_site():
    other_site()
    factories.line()
    rows = [("LINE-2", "Renamed", "WORK_CENTER", "SITE-2"), ("NEW", "New", "WORK_CENTER", "SITE-2"),
            ("MINE", "Mine", "WORK_CENTER", "SITE")]
    heads = ["code", "name", "level", "parent"]
    table = Table(heads, [Line(number, dict(zip(heads, row, strict=True)), {}) for number, row in enumerate(rows, 2)])

    found = plan(sheets.of(Equipment._meta.label), table, near())

    assert [row.verb == FAULTY for row in found.rows] == [True, True, False]
