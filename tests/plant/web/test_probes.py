"""What supervisors and Prometheus are told."""

import json
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from plant import metrics
from plant.commands import api_keys, pulses
from plant.queries.persons import system
from plant.tasks import pulse

pytestmark = pytest.mark.django_db


def ready():
    answer = Client().get("/readyz")
    return answer.status_code, json.loads(answer.content)["checks"]


def test_a_living_process_says_so_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").json() == {"ok": True}


def test_ready_means_that_everything_answers():
    pulse()
    pulses.beat(name="poller", at=timezone.now())
    pulses.beat(name="edges", at=timezone.now())

    needed = ["database", "redis", "migrations", "worker", "beat", "poller", "edges"]
    assert ready() == (200, dict.fromkeys(needed, "ok"))


def test_a_process_that_was_never_seen_is_named():
    pulse()

    status, checks = ready()

    assert (status, checks["worker"], checks["poller"]) == (503, "ok", "never seen")


def test_a_process_that_fell_silent_is_named():
    for name in ("worker", "beat", "poller", "edges"):
        pulses.beat(name=name, at=timezone.now() - timedelta(minutes=5))

    status, checks = ready()

    assert status == 503
    assert checks["worker"].startswith("silent since ")


def test_a_migration_that_waits_is_named():
    MigrationRecorder.Migration.objects.filter(app="spc").latest("id").delete()

    assert ready()[1]["migrations"] == "1 to run"


def test_without_redis_it_is_not_ready(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert ready()[1]["redis"] == "no answer: ConnectionError"


def test_probes_tell_no_secrets(settings):
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:1/0"

    assert "hunter2" not in json.dumps(ready())


@pytest.fixture
def gauges(monkeypatch):
    monkeypatch.setattr(metrics, "_GAUGES", {})
    metrics.register(metrics.Gauge("zhizao_open_holds", "Open holds.", lambda: 3.0))
    metrics.register(metrics.Gauge("zhizao_plc_up", "Answers.", lambda: {("P1",): 1.0, ("P2",): 0.0}, ("plc",)))
    metrics.register(metrics.Gauge("zhizao_entries", "Entries.", lambda: 9.0, counts=True))


def test_metrics_are_in_the_format_of_prometheus(gauges):
    lines = Client().get("/metrics").content.decode().splitlines()

    assert "zhizao_open_holds 3.0" in lines
    assert 'zhizao_plc_up{plc="P2"} 0.0' in lines
    assert "zhizao_entries_total 9.0" in lines


@pytest.mark.parametrize("asked", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_metrics_from_elsewhere_need_a_key_with_the_scope(gauges, asked):
    by = system("console")
    keys = {scope: api_keys.create(name=scope, scopes=[scope], by=by)[1] for scope in ("metrics", "lots:read")}

    def status(**headers):
        return Client().get("/metrics", **asked, **headers).status_code

    assert status() == 403
    assert status(HTTP_AUTHORIZATION=f"Api-Key {keys['lots:read']}") == 403
    assert status(HTTP_AUTHORIZATION=f"Api-Key {keys['metrics']}") == 200


def test_the_plants_own_gauges_can_be_read():
    text = Client().get("/metrics").content.decode()

    assert "zhizao_journal_entries_total" in text
    assert "zhizao_deliveries_waiting" in text
