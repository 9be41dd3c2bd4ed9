"""The newest backup: the one answer to when there was a last one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

GOOD_FOR = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the folder of backups."""

    name: str
    size: int
    made_at: datetime

    def is_old(self, at: datetime) -> bool:
        """Whether the nightly one after it did not run."""
        return at - self.made_at > GOOD_FOR


def newest() -> Backup | None:
    """The newest file in BACKUP_DIR, if there is any."""
    folder = Path(settings.BACKUP_DIR)
    found = [(file, file.stat()) for file in folder.glob("*") if file.is_file()] if folder.is_dir() else []
    if not found:
        return None
    file, told = max(found, key=lambda pair: pair[1].st_mtime)
    return Backup(file.name, told.st_size, datetime.fromtimestamp(told.st_mtime, tz=UTC))
