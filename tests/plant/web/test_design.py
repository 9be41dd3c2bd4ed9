"""The gallery shows every component, in every theme, density and language."""

import pytest
from django.test import Client

from plant.models import Role
from plant.web.design import SWITCHES
from tests import factories
from tests.architecture import house

pytestmark = pytest.mark.django_db


def gallery(query=""):
    client = Client()
    client.force_login(factories.person("ME", Role.ADMINISTRATOR, language="en"))
    return client.get(f"/design/{query}")


def test_every_component_stands_in_the_gallery():
    drawn = {template.name for template in gallery().templates}

    components = {f"components/{path.name}" for path in (house.ROOT / "templates" / "components").glob("*.html")}

    assert components - drawn == set()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, (_, known) in SWITCHES.items() for value in known])
def test_the_gallery_can_be_switched(name, value):
    page = gallery(f"?{name}={value}").content.decode()

    shown = f'data-{name}="{value}"' if name != "language" else f'lang="{value.replace("hans", "Hans")}"'

    assert shown in page.partition("<body")[0]


def test_a_chart_of_the_gallery_that_is_not_there():
    assert gallery("?data=nothing").status_code == 404
