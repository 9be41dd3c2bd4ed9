"""Reading the tables of the sample: CSV with a header, plain or gzipped."""

import csv
import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

Record = dict[str, str]


class MissingTable(FileNotFoundError):
    """A table that the folder lacks."""


def records(folder: Path, table: str, *columns: str) -> Iterator[Record]:
    """The rows of `table`.csv or `table`.csv.gz.

    MissingTable: neither is there. ValueError: a column is missing.
    """
    for path, opened in ((folder / f"{table}.csv", open), (folder / f"{table}.csv.gz", gzip.open)):
        if path.exists():
            with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                missing = set(columns) - set(rows.fieldnames or ())
                if missing:
                    raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}.")
                yield from rows
            return
    raise MissingTable(f"{folder} has neither {table}.csv nor {table}.csv.gz.")


def moment(text: str) -> datetime:
    """A time of the sample, which knows no time zone: the plant's."""
    return timezone.make_aware(datetime.fromisoformat(text))

