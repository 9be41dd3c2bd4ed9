"""Results as people type them, many at once: a table of samples and characteristics, and pieces judged by eye."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Person, ReasonCode, ReasonUse
from plant.transactions import command
from qms.commands import counting, results
from qms.commands.inspections import ResultRefused
from qms.commands.results import Row, Taken
from qms.models import Gauge, Inspection
from qms.queries import gauge_register
from qms.queries import inspections as reading
from qms.queries.inspections import ItemState

CELL = re.compile(r"(\d{1,18})_(\d{1,9})")  # an item's key and a sample
COUNT = re.compile(r"c(\d{1,18})_(inspected|found|d\d{1,18})")  # an item judged by eye, and what of it
MOST = 10**6


def value_of(text: str, field: str = "") -> float:
    """A measured value as typed."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refusal(_("“%(text)s” is not a number. Enter the value from the instrument.") % {"text": text[:40]},
                      code="bad-number", facts={"field": field})
    return value


@command
def enter(
    *, inspection: Inspection, values: Mapping[str, str], gauges: Mapping[str, str], by: Person, at: datetime,
    reason: str = "",
) -> Taken:
    """Write everything that was typed, or nothing and why. What stands already with the same value stays.

    values    by cell: “item_sample” a value, “citem_inspected”, “citem_found” and “citem_ddefect” numbers of pieces
    gauges    the code of the gauge that was scanned, by the key of its type
    """
    policies.check(by, "inspection.record", inspection=inspection.number)
    scoping.check(by, inspection)
    typed = {name: str(text).strip() for name, text in values.items() if str(text).strip()}
    if not typed:
        raise ResultRefused(_("No value was entered."), code="bad-input")
    states = {str(state.item.pk): state for state in reading.items(inspection)}
    found = {kind: one for kind, code in gauges.items() if (one := gauge_register.scanned(str(code)))}
    rows, taken = list(_rows(states, typed, found)), Taken()
    if rows:
        taken = results.take(inspection=inspection, rows=rows, by=by, at=at, reason=reason)
    for key, said in _counts(states, typed).items():
        _count(inspection, states[key], said, found.get(str(states[key].item.gauge_type_id)), by=by, at=at)
        taken.recorded += 1
    return taken


def _rows(states: Mapping[str, ItemState], typed: Mapping[str, str], gauges: Mapping[str, Gauge]) -> Iterator[Row]:
    """The measured values, sample by sample."""
    cells = [(match, text) for name, text in typed.items() if (match := CELL.fullmatch(name))]
    if len(cells) + sum(bool(COUNT.fullmatch(name)) for name in typed) != len(typed):
        raise ResultRefused(_("What was entered is not asked for any more. Open the page again."), code="bad-input")
    for match, text in sorted(cells, key=lambda cell: (int(cell[0][2]), int(cell[0][1]))):
        item = _state(states, match[1]).item
        gauge = gauges.get(str(item.gauge_type_id))
        yield Row(item.characteristic.code, value_of(text, match[0]), int(match[2]), gauge.code if gauge else "",
                  int(match[2]))


def _counts(states: Mapping[str, ItemState], typed: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """What was counted of each item that is judged by eye; an item of which nobody looked at a piece is left out."""
    found: dict[str, dict[str, int]] = {}
    for name, text in typed.items():
        if match := COUNT.fullmatch(name):
            _state(states, match[1])
            if not text.isdecimal() or int(text) > MOST:
                message = _("“%(text)s” is no number of pieces.")
                raise ResultRefused(message % {"text": text[:40]}, code="bad-number", facts={"field": name})
            found.setdefault(match[1], {})[match[2]] = int(text)
    return {key: said for key, said in found.items() if said.get("inspected") or sum(said.values())}


def _count(
    inspection: Inspection, state: ItemState, said: Mapping[str, int], gauge: Gauge | None, *, by: Person, at: datetime
) -> None:
    keys = {int(name[1:]): amount for name, amount in said.items() if name.startswith("d") and amount}
    kinds = ReasonCode.objects.filter(use=ReasonUse.DEFECT).in_bulk(list(keys))
    counting.count(
        inspection=inspection, item=state.item, inspected=said.get("inspected", 0), found=said.get("found", 0),
        defects={kinds[key]: amount for key, amount in keys.items() if key in kinds}, gauge=gauge, by=by, at=at,
    )


def _state(states: Mapping[str, ItemState], key: str) -> ItemState:
    if key not in states:
        raise ResultRefused(_("What was entered is not asked for any more. Open the page again."), code="bad-input")
    return states[key]
