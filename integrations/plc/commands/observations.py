"""What controllers say of their machines: states, and counts that are added up once whatever the register does."""

import logging
from collections.abc import Iterable, Mapping
from decimal import Decimal

from integrations.models import PlcCounter, PlcTag, TagKind
from integrations.plc.counters import Step, delta
from integrations.plc.tags import Sample
from mes.commands import machines
from plant import packml
from plant.locks import lock
from plant.models import EquipmentState, Person
from plant.queries import persons

log = logging.getLogger(__name__)

STATES: dict[float, EquipmentState] = {
    0: EquipmentState.OFF, 1: EquipmentState.IDLE, 2: EquipmentState.RUNNING, 3: EquipmentState.ALARM}
COUNTS = {"good_count": "good", "reject_count": "reject"}


def observe(*, samples: Iterable[Sample], tags: Mapping[int, PlcTag]) -> None:
    """Tell execution what machines said; in the caller's transaction, so that nothing is added twice."""
    said = [(tags[sample.tag], sample) for sample in samples if sample.tag in tags and sample.value is not None]
    by = persons.system("plc") if said else None
    for tag, sample in said:
        if tag.kind in (TagKind.STATE, TagKind.PACKML):
            _state(tag, sample, by)
        elif tag.name in COUNTS:
            _count(tag, sample)


def _state(tag: PlcTag, sample: Sample, by: Person | None) -> None:
    spoken = packml.known(sample.value) if tag.kind == TagKind.PACKML else None
    plain = STATES.get(sample.value) if tag.kind == TagKind.STATE and sample.value is not None else None
    state = packml.as_seen(spoken) if spoken else plain
    if by is None or state is None:
        log.warning("%s says state %s, which nobody knows", tag, sample.value)
        return
    machines.observe_state(
        equipment=tag.plc.equipment, state=state, by=by, at=sample.at, is_heard=True,
        packml=spoken.name if spoken else "",
    )


def _count(tag: PlcTag, sample: Sample) -> None:
    mark = next(iter(lock(PlcCounter.objects.filter(pk=tag.pk))), None)
    if mark is not None and sample.seq <= mark.seq:
        return
    step = delta(
        None if mark is None else int(mark.value),
        int(sample.value or 0),
        data_type=tag.data_type,
        seconds=0.0 if mark is None else (sample.at - mark.at).total_seconds(),
        max_rate=tag.max_rate,
    )
    if step.step in (Step.RESET, Step.SUSPECT):
        log.warning("counter %s: %s at %s, %d counts believed", tag, step.step.lower(), sample.value, step.count)
    where = {"value": Decimal(int(sample.value or 0)), "seq": sample.seq, "at": sample.at}
    PlcCounter.objects.update_or_create(tag=tag, defaults=where)
    counts = {"good": 0, "reject": 0} | {COUNTS[tag.name]: step.count}
    machines.observe_count(equipment=tag.plc.equipment, at=sample.at, **counts)
