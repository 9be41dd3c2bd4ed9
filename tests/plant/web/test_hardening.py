"""Headers, rates, cookies, and settings for a plant that is really used."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from ops.paths import ROOT
from plant.models import Role
from plant.web import middleware, rates
from tests import factories


def policy(answer):
    return dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/", "/no/such/page/", "/offline/", "/api/v1/holds/", "/healthz"])
def test_every_answer_carries_the_headers(path):
    answer = Client(raise_request_exception=False).get(path)

    told = policy(answer)
    assert "unsafe" not in told["script-src"].replace("'wasm-unsafe-eval'", "")
    assert "unsafe" not in told["style-src"]
    assert not [name for name in told if name.startswith("style-src-")]
    assert (told["frame-ancestors"], told["object-src"], told["base-uri"]) == ("'none'", "'none'", "'self'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize(("path", "is_loose"), [("/admin/", True), ("/api/v1/docs/", True), ("/api/v1/lots/", False)])
def test_only_the_console_and_the_api_page_carry_their_own_styles(path, is_loose):
    text = middleware.policy(middleware.part_of(path), "wss://plant.example/ws")

    assert ("style-src 'self' 'unsafe-inline'" in text) == is_loose
    assert "connect-src 'self' wss://plant.example/ws;" in text


@pytest.mark.django_db
def test_pages_of_somebody_are_not_stored():
    client = Client()
    client.force_login(factories.person("P1", Role.VIEWER))

    assert "no-store" in client.get("/")["Cache-Control"]


def production(*command):
    told = {
        "DEMO": "0", "DEBUG": "0", "BEHIND_TLS": "1", "ALLOWED_HOSTS": "plant.example",
        "SECRET_KEY": "k8-nine-purple-elephants-dance-on-the-roof-of-the-mill-7Qx", "PIN_PEPPER": "another",
    }
    environment = {**os.environ, **told}
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_the_deployment_check_has_nothing_to_say():
    done = production("check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_production_demands_second_factors_tablets_and_secure_cookies():
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "TABLETS_MUST_ENROL", "SECURE_HSTS_SECONDS"]
    asked = [f"print(bool(settings.{name}))" for name in names]
    asked += ["print(get_hasher().algorithm, get_hasher().work_factor, pins.COST)"]  # here a guess costs nothing
    known = ["from django.conf import settings", "from django.contrib.auth.hashers import get_hasher"]

    done = production("shell", "--no-imports", "-c", "; ".join([*known, "from plant import pins", *asked]))

    assert done.stdout.split() == ["True"] * len(names) + ["scrypt", "16384", "8192"], done.stderr


@pytest.fixture
def few(settings):
    settings.API_PER_MINUTE = settings.SIGN_INS_PER_MINUTE = settings.STRANGERS_PER_MINUTE = 3
    for key in rates.counters().scan_iter("zz.rate:*"):
        rates.counters().delete(key)


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("ask", [
    lambda client: client.post("/login/", {"username": "X", "password": "y"}),
    lambda client: client.get("/api/v1/holds/", headers={"Authorization": "Api-Key a.b"}),
    lambda client: client.get("/offline/"),
], ids=["sign-in", "key", "stranger"])
def test_too_many_requests_are_told_when_to_come_back(ask):
    answers = [ask(Client()) for _time in range(5)]

    assert [answer.status_code == 429 for answer in answers[:3]] == [False] * 3
    assert answers[4].status_code == 429
    assert 1 <= int(answers[4]["Retry-After"]) <= rates.WINDOW


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_programs_are_told_what_is_left_of_the_minute():
    answers = [Client().get("/api/v1/holds/", headers={"Authorization": "Api-Key a.b"}) for _time in range(4)]

    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[0]["RateLimit-Policy"] == f'"minute";q=3;w={rates.WINDOW}'
    assert (answers[3].json()["code"], answers[3]["Content-Type"]) == ("too-many-requests", "application/problem+json")
    assert "RateLimit" not in Client().get("/offline/")


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_without_counters_nobody_is_stopped(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    rates.counters.cache_clear()
    try:
        assert [Client().get("/offline/").status_code for _time in range(5)] == [200] * 5
    finally:
        rates.counters.cache_clear()
