"""The console's first page, its sidebar, its health page and its icon."""

import logging
import os
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from plant.commands import desks, pulses
from plant.console import errors, groups, health
from plant.models import Person, Role
from plant.queries import health as reading
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def console():
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    return client


def found(name):
    with override("en"):
        checks = {check.read.__name__: findings for check, findings in health.everything(timezone.now())}
        return {str(one.title): one for one in checks[name]}


def test_the_health_page_shows_every_check_and_its_moving_part_alone(console):
    page, part = (console.get(path).content.decode() for path in ("/admin/health/", "/admin/health/now/"))

    words = ["Software", "Processes", "Database", "Disk and backup", "Redis", "Recent errors", "Controllers"]
    assert [word for word in words if word not in page or word not in part] == []
    assert "<html" not in part
    assert 'data-url="/admin/health/now/"' in page


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_the_health_page_is_for_administrators(role):
    client = Client()
    client.force_login(factories.person(role, role))

    assert [client.get(path).status_code for path in ("/admin/health/", "/admin/health/now/")] == [403, 403]


def test_a_silent_process_is_told_with_what_to_do():
    pulses.beat(name="beat", at=timezone.now())
    pulses.beat(name="worker", at=timezone.now() - timedelta(minutes=5))

    lines = found("processes")

    assert [lines[name].tone for name in ("beat", "worker", "poller")] == ["good", "bad", "bad"]
    assert lines["worker"].do == "Start the process “worker”."


def test_the_newest_backup_is_shown_with_its_age(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    at = timezone.now()
    assert reading.backup(at).tone == "odd"

    (tmp_path / "zhizao.dump").write_bytes(b"x")
    assert reading.backup(at).tone == "good"
    os.utime(tmp_path / "zhizao.dump", (0, 0))

    assert reading.backup(at).tone == "bad"


def test_an_error_of_any_process_is_found_again():
    logging.getLogger("plant.test").error("The oven %s", "burns")

    assert errors.recent(1)[0]["text"] == "The oven burns"


def test_without_redis_the_page_still_answers(console, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert console.get("/admin/health/now/").status_code == 200
    assert found("broker")["Redis"].tone == "bad"


def test_the_sidebar_and_first_page_are_grouped_by_task(console):
    page = console.get("/admin/").content.decode()

    assert [str(group.title) for group in groups.GROUPS.values() if str(group.title) not in page] == []
    assert page.count("/admin/plant/equipment/") >= 2
    assert "/admin/health/" in page


def test_the_console_has_an_icon(console):
    icon = '<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml"'

    assert icon in console.get("/admin/").content.decode()


@pytest.mark.parametrize(("chosen", "marked"), [("dark", "dark"), ("light", "light"), ("auto", "")])
def test_the_console_wears_the_person_s_colours(console, chosen, marked):
    boss = Person.objects.get(number="BOSS")
    desks.choose(name="theme", value=chosen, by=boss)

    page = console.get("/admin/").content.decode()

    assert (f'class="{marked}"' in page.split("<head>")[0]) == bool(marked)
