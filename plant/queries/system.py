"""How the system itself is doing: processes, queues, how far news lag behind, disk and backup."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

from plant.queries import backups, pulses
from plant.queries.backups import Backup

QUEUES = ("celery", "plc", "edges")
# A delivery waits since its journal entry was written.
FACTS = """
SELECT pg_database_size(current_database()), count(waiting.id), min(entry.at)
FROM plant_delivery waiting LEFT JOIN plant_journalentry entry ON entry.id = waiting.entry_id
WHERE waiting.delivered_at IS NULL
"""


@dataclass(frozen=True)
class Process:
    """A process that should live."""

    name: str
    answer: str

    @property
    def state(self) -> str:
        return "ONLINE" if self.answer == "ok" else "OFFLINE" if self.answer == "never seen" else "STALE"


@dataclass(frozen=True)
class System:
    """The system at one moment."""

    processes: list[Process]
    queued: dict[str, int] | None
    database_bytes: int
    waiting: int
    oldest_at: datetime | None
    backup: Backup | None
    is_backup_old: bool
    disk_free: int
    disk_total: int

    @property
    def alive(self) -> int:
        return sum(process.answer == "ok" for process in self.processes)

    @property
    def is_whole(self) -> bool:
        return self.alive == len(self.processes)

    @property
    def disk_used(self) -> int:
        return self.disk_total - self.disk_free

    @property
    def is_full(self) -> bool:
        """Less than a tenth is free."""
        return self.disk_free * 10 < self.disk_total

    @property
    def disk_percent(self) -> int:
        return round(100 * self.disk_free / self.disk_total) if self.disk_total else 0


def now(*, at: datetime) -> System:
    """Everything that an administrator looks at first."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        size, waiting, oldest_at = cursor.fetchone()
    disk = shutil.disk_usage(Path(settings.VAR_DIR) if Path(settings.VAR_DIR).exists() else Path("/"))
    processes = [Process(name, answer) for name, answer in pulses.silent(at=at).items()]
    backup = backups.newest()
    is_old = backup is None or backup.is_old(at)
    return System(processes, queued(), size, waiting, oldest_at, backup, is_old, disk.free, disk.total)


def queued() -> dict[str, int] | None:
    """How many tasks wait in each queue; None when Redis does not answer."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return {name: int(client.llen(name)) for name in QUEUES}
    except redis.RedisError:
        return None
