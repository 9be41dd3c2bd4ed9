"""What quality shows on the home page."""

import pytest
from django.test import Client
from django.utils import timezone

from plant.models import Role
from qms.queries import workload
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["open", "inspections", "capas", "figures"])
def test_every_panel_is_drawn(name):
    client = Client()
    client.force_login(factories.person("ME", Role.QUALITY_ENGINEER, language="en"))

    assert client.get(f"/quality/panels/{name}/").status_code == 200


def test_the_figures_cost_three_statements(django_assert_num_queries):
    engineer, now = factories.person("ME", Role.QUALITY_ENGINEER), timezone.now()
    workload.figures(engineer, at=now)

    with django_assert_num_queries(3):
        found = workload.figures(engineer, at=now)

    assert found == workload.Figures(0, 0, 0, 0, 0, 0)
