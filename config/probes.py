"""What supervisors and Prometheus ask: does the process live, can it work, how is it doing."""

import ipaddress

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from integrations.links.queries import standing as link_gauges
from integrations.notify.queries import gauges as notify_gauges
from integrations.plc.queries import gauges as plc_gauges
from plant import keys
from plant import metrics as registry
from plant.queries import api_keys, pulses
from plant.queries import gauges as plant_gauges
from plant.web.access import public
from plant.web.sessions import client_address
from qms.queries import gauges as qms_gauges
from spc.queries import gauges as spc_gauges
from traceability.queries import gauges as traceability_gauges

SCOPE = "metrics"
for _room in (plant_gauges, traceability_gauges, qms_gauges, spc_gauges, plc_gauges, notify_gauges, link_gauges):
    registry.register(*_room.GAUGES)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else."""
    return JsonResponse({"ok": True})


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that the plant needs to work answers."""
    checks = {"database": _database(), "redis": _redis()}
    if checks["database"] == "ok":
        checks["migrations"] = _migrations()
        checks |= pulses.silent(at=timezone.now())
    is_ok = all(answer == "ok" for answer in checks.values())
    return JsonResponse({"ok": is_ok, "checks": checks}, status=200 if is_ok else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges for Prometheus, to a caller on the same machine or with a key that has the scope."""
    if not (_is_local(request) or _has_key(request)):
        return HttpResponse("metrics need an API key with the scope metrics\n", status=403, content_type="text/plain")
    return HttpResponse(registry.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _database() -> str:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"no answer: {type(error).__name__}"
    return "ok"


def _redis() -> str:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        return f"no answer: {type(error).__name__}"
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} to run" if pending else "ok"


def _is_local(request: HttpRequest) -> bool:
    """From this machine itself, not through a proxy on it."""
    address = request.META.get("REMOTE_ADDR", "")
    return bool(address) and ipaddress.ip_address(address).is_loopback and "X-Forwarded-For" not in request.headers


def _has_key(request: HttpRequest) -> bool:
    word, _space, text = request.headers.get("Authorization", "").partition(" ")
    key = api_keys.find(text.strip(), at=timezone.now()) if word == "Api-Key" else None
    return key is not None and SCOPE in key.scopes and keys.is_from(client_address(request), key.networks)
