"""What production tells the pages that stand open."""

from collections.abc import Mapping
from typing import Any

from plant import live
from plant.models import Equipment
from plant.queries import places
from plant.statements import for_everyone


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


def queue_changed(line: str, station: str) -> None:
    """Work came, went or changed its turn at a station: its tablet and the boards of its line look again."""
    live.push(f"station.{station}", "queue", {})
    if line:
        live.push(f"wall.{line}", "queue", {"station": station})


def machine_changed(equipment: Equipment, state: str) -> None:
    """A machine went to another state: an alarm pops up at its station and shows on the line's wall."""
    told = {"equipment": equipment.code, "state": state}
    live.push(f"station.{equipment.code}", "machine", told)
    line = equipment.parent
    if line is not None:
        live.push(f"wall.{line.code}", "machine", told)


def deviation(found: Any, event: str) -> None:
    """A golden window was left, is kept again, or somebody answers: its page, the news and the wall look again."""
    place = found.stream.equipment
    told = {"deviation": found.pk, "equipment": place.code, "status": found.status}
    live.push(f"deviation.{found.pk}", event, told)
    live.push("news", f"deviation-{event}", told)
    for above in (place, place.parent):
        if above is not None:
            live.push(f"wall.{above.code}", f"deviation-{event}", told)


def andon(call: Any, event: str) -> None:
    """A station called for help, or somebody came or settled it: its page, the tablet, the walls and the news."""
    place = call.station
    told = {"andon": call.pk, "equipment": place.code, "status": call.status}
    live.push(f"andon.{call.pk}", event, told)
    live.push("news", f"andon-{event}", told)
    live.push(f"station.{place.code}", "changed", told)
    for above in (place, place.parent):
        if above is not None:
            live.push(f"wall.{above.code}", f"andon-{event}", told)


def maintenance(order: Any, event: str) -> None:
    """Work on a machine was opened, begun or done: its page, the station's tablet and the news."""
    told = {"order": order.number, "equipment": order.equipment.code, "status": order.status}
    live.push("news", f"maintenance-{event}", told)
    live.push(f"station.{order.equipment.code}", "changed", told)


def deviation_alarm(found: Any, text: str) -> None:
    """Pop up at the stations: a golden window was left, what to do, and whether the work order waits."""
    standard, place = found.standard, found.stream.equipment
    told = {
        **for_everyone("title", text), "equipment": place.code, "nonconformance": "", "stopped": False, "held": False,
        "paused": found.paused_job_id is not None, "instruction": standard.instruction,
        "instruction_zh": standard.instruction_zh,
    }
    live.push("news", "alarm", told)
    for part in places.within(place):
        live.push(f"station.{part.code}", "alarm", told)
