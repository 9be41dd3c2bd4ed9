"""How the system does: software, processes, work that waits, database, disk, Redis, errors."""

import json
import platform
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

import django
import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from plant.console.errors import recent
from plant.console.health import BAD, GOOD, ODD, PLAIN, Check, Finding, register
from plant.models import Delivery, JournalEntry, Lease
from plant.queries import backups, pulses, system

LATE = timedelta(minutes=1)
# A pulse is good for this long (plant/commands/pulses.py).
LASTS = timedelta(seconds=45)
DATABASE = """
SELECT pg_database_size(current_database()), current_setting('server_version'), current_setting('max_connections')::int,
  (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
  (SELECT extract(epoch FROM max(now() - xact_start)) FROM pg_stat_activity
   WHERE state <> 'idle' AND backend_type = 'client backend' AND pid <> pg_backend_pid()),
  (SELECT count(*) FROM pg_locks WHERE NOT granted)
"""


def ago(moment: datetime | None, at: datetime) -> str:
    """How long ago, in few words."""
    if moment is None:
        return _("never")
    seconds = max(0, int((at - moment).total_seconds()))
    if seconds < 120:
        return _("%(count)s s ago") % {"count": seconds}
    if seconds < 7200:
        return _("%(count)s min ago") % {"count": seconds // 60}
    return _("%(count)s h ago") % {"count": seconds // 3600}


def software(at: datetime) -> Iterator[Finding]:
    """Versions, and migrations that were not run."""
    yield Finding(_("Zhizao"), version())
    yield Finding("Python · Django", f"{platform.python_version()} · {django.get_version()}")
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _back in pending[:5])
        yield Finding(_("Migrations"), names, BAD, _("Run manage.py migrate as the owner of the tables."))
    else:
        yield Finding(_("Migrations"), _("all run"), GOOD)
    if settings.DEBUG:
        yield Finding("DEBUG", _("on"), BAD, _("Never in a plant: set DEBUG to 0 and start again."))


def version() -> str:
    """The version that is installed, or the one of the checkout."""
    try:
        return metadata.version("zhizao")
    except metadata.PackageNotFoundError:
        lines = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        return next(line.split('"')[1] for line in lines if line.startswith("version"))


def processes(at: datetime) -> Iterator[Finding]:
    """Which processes live; beat's age is how long its clock has been silent."""
    rows = {lease.name: lease for lease in Lease.objects.filter(name__startswith="pulse:")}
    for name, word in pulses.silent(at=at).items():
        lease = rows.get(f"pulse:{name}")
        seen = ago(lease.until - LASTS, at) if lease else _("never")
        value = f"{seen} · {lease.holder}" if lease else seen
        do = "" if word == "ok" else _("Start the process “%(name)s”.") % {"name": name}
        yield Finding(name, value, GOOD if word == "ok" else BAD, do)


def waiting(at: datetime) -> Iterator[Finding]:
    """Tasks in the queues, news that nobody took, the record book."""
    queues = system.queued()
    if queues is None:
        yield Finding(_("Queues"), _("not known"), BAD, _("Redis does not answer."))
    for name, length in (queues or {}).items():
        tone = BAD if length > 1000 else ODD if length > 100 else GOOD
        yield Finding(_("Queue “%(name)s”") % {"name": name}, _tasks(length), tone,
                      "" if tone == GOOD else _("Start more workers, or see what keeps them."))
    open_ones = Delivery.objects.filter(delivered_at__isnull=True)
    count = open_ones.order_by()[:10_000].count()
    oldest = open_ones.aggregate(first=Min("entry_id"))["first"]
    entry = JournalEntry.objects.filter(pk=oldest).first() if oldest else None
    is_late = entry is not None and at - entry.at > LATE
    value = f"{count} · {ago(entry.at, at)}" if entry else str(count)
    yield Finding(_("News not taken"), value, ODD if is_late else GOOD,
                  _("A worker should take them; see the recent errors.") if is_late else "")


def _tasks(length: int) -> str:
    return ngettext("%(count)s task", "%(count)s tasks", length) % {"count": length}


def database(at: datetime) -> Iterator[Finding]:
    """PostgreSQL: version, size, connections, the longest transaction."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(DATABASE)
            size, release, most, used, longest, blocked = cursor.fetchone()
    except DatabaseError as error:
        yield Finding("PostgreSQL", type(error).__name__, BAD, _("See the server's log."))
        return
    yield Finding("PostgreSQL", release)
    yield Finding(_("Size"), filesizeformat(size))
    tone = BAD if used > most * 0.9 else ODD if used > most * 0.7 else GOOD
    do = "" if tone == GOOD else _("Raise max_connections, or start fewer processes.")
    yield Finding(_("Connections"), _("%(used)s of %(most)s") % {"used": used, "most": most}, tone, do)
    seconds = max(0.0, float(longest or 0))
    yield Finding(_("Longest transaction"), f"{seconds:.1f} s", ODD if seconds > 30 else GOOD)
    yield Finding(_("Waiting for a lock"), blocked, ODD if blocked > 5 else GOOD)


def disk(at: datetime) -> Iterator[Finding]:
    """Room on the disk, the poller's spool, the newest backup."""
    folder = Path(settings.VAR_DIR)
    usage = shutil.disk_usage(folder if folder.exists() else settings.BASE_DIR)
    share = usage.free / usage.total
    tone = BAD if share < 0.05 else ODD if share < 0.15 else GOOD
    value = _("%(free)s free of %(total)s") % {"free": filesizeformat(usage.free), "total": filesizeformat(usage.total)}
    yield Finding(_("Disk"), value, tone, "" if tone == GOOD else _("Make room before PostgreSQL has none."))
    spool = sum(file.stat().st_size for file in (folder / "spool").glob("**/*") if file.is_file())
    yield Finding(_("Spool of readings"), filesizeformat(spool), GOOD if spool < 100_000_000 else ODD)
    yield backup(at)


def backup(at: datetime) -> Finding:
    """The newest file in the folder of backups."""
    found = backups.newest()
    if found is None:
        do = _("Write backups into %(folder)s (BACKUP_DIR); see docs/operations.md.") % {"folder": settings.BACKUP_DIR}
        return Finding(_("Last backup"), _("none found"), ODD, do)
    value = f"{found.name} · {filesizeformat(found.size)} · {ago(found.made_at, at)}"
    if found.is_old(at):
        return Finding(_("Last backup"), value, BAD, _("See why the backup did not run."))
    return Finding(_("Last backup"), value, GOOD)


def broker(at: datetime) -> Iterator[Finding]:
    """Redis: version, memory, whether it keeps what it is told."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            told = client.info()
    except redis.RedisError as error:
        do = _("Start Redis. Scans go on; pages do not move by themselves.")
        yield Finding("Redis", type(error).__name__, BAD, do)
        return
    yield Finding("Redis", told.get("valkey_version") or told.get("redis_version", ""), GOOD)
    yield Finding(_("Memory"), told.get("used_memory_human", ""))
    yield Finding(_("Clients"), told.get("connected_clients", ""))
    is_kept = bool(int(told.get("aof_enabled", 0)))
    do = "" if is_kept else _("Switch the append-only file on, so that waiting tasks outlive a restart.")
    yield Finding(_("Append-only file"), _("on") if is_kept else _("off"), GOOD if is_kept else ODD, do)


def errors(at: datetime) -> Iterator[Finding]:
    """What the processes logged as errors lately, newest first."""
    try:
        found = recent(10)
    except (redis.RedisError, json.JSONDecodeError):
        yield Finding(_("Recent errors"), _("not known"), ODD)
        return
    if not found:
        yield Finding(_("Recent errors"), _("none"), GOOD)
    for one in found:
        moment = datetime.fromisoformat(one["at"])
        is_new = at - moment < timedelta(hours=1)
        yield Finding(timezone.localtime(moment).strftime("%m-%d %H:%M:%S"), f"{one['where']}: {one['text']}",
                      ODD if is_new else PLAIN)


def register_checks() -> None:
    """Put the ground's own checks on the page."""
    for name, check in {
        "software": Check(_lazy("Software"), "deployed_code", software, 10),
        "processes": Check(_lazy("Processes"), "memory", processes, 20),
        "waiting": Check(_lazy("Work that waits"), "pending_actions", waiting, 30),
        "database": Check(_lazy("Database"), "database", database, 40),
        "disk": Check(_lazy("Disk and backup"), "hard_drive", disk, 50),
        "broker": Check(_lazy("Redis"), "bolt", broker, 60),
        "errors": Check(_lazy("Recent errors"), "error", errors, 90, is_wide=True),
    }.items():
        register(name, check)
