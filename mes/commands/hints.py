"""What production tells the pages that stand open."""

from collections.abc import Mapping
from typing import Any

from plant import live
from plant.models import Equipment


def station_changed(code: str, **data: Any) -> None:
    """The tablet of a station looks again."""
    live.push(f"station.{code}", "changed", data)


def scanned(station: Equipment, line: Equipment | None, outcome: Mapping[str, Any]) -> None:
    """A scan was answered at a station: its tablet and the line's wall look again."""
    live.push(f"station.{station.code}", "scan", dict(outcome))
    if line is not None:
        live.push(f"wall.{line.code}", "progress", {"station": station.code})


def job_changed(job: Any) -> None:
    """A work order went to another state: its page, the line's wall and the stations look again."""
    told = {"job_order": job.number, "status": job.status}
    live.push(f"job.{job.number}", "changed", told)
    if job.line_id:
        live.push(f"wall.{job.line.code}", "job", told)


def machine_changed(equipment: Equipment, state: str) -> None:
    """A machine went to another state: an alarm pops up at its station and shows on the line's wall."""
    told = {"equipment": equipment.code, "state": state}
    live.push(f"station.{equipment.code}", "machine", told)
    line = equipment.parent
    if line is not None:
        live.push(f"wall.{line.code}", "machine", told)
