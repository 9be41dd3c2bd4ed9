"""Scans that reach the disk and no database, then the end: `python -m tests.integrations.sources.desk_process …`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from integrations.sources.lines.scans import Desk  # noqa: E402
from tests.integrations.sources.listening import until  # noqa: E402


async def main(folder: Path, texts: list[str]) -> None:
    """Scan, and die as soon as all of it is durable."""
    desk = Desk("GATE", folder)
    task = asyncio.create_task(desk.work())
    for text in texts:
        desk.put(text)
    await until(lambda: desk._spool is not None and desk._spool.next == len(texts))
    assert not task.done()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
