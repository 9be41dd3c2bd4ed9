"""Taking a place in a source up as a tag whose values are kept."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from integrations.models import Plc, PlcTag, SourceKind, TagKind
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Parameter, Person
from plant.transactions import command
from traceability.models import Stream

LONGEST_NAME = 80
RECORDED = (TagKind.PROCESS, TagKind.ENVIRONMENT)


class NotTaken(Refusal):
    """A place that can't become a tag."""

    code = "tag-not-taken"


@command
def take_up(
    *, plc: Plc, name: str, path: str, field: str, kind: str, parameter: Parameter | None, by: Person, at: datetime
) -> PlcTag:
    """Listen to a place from now on; with a parameter, its values go into a stream of their own."""
    policies.check(by, "plc.configure", plc=plc.code)
    locked = lock(Plc.objects.filter(pk=plc.pk).select_related("equipment"))[0]
    if locked.kind == SourceKind.MODBUS:
        raise NotTaken(_("A Modbus controller has registers. Enter its map in the console."))
    if PlcTag.objects.filter(plc=locked, name=name).exists():
        raise NotTaken(_("%(source)s has a tag %(name)s already. Choose another name.")
                       % {"source": locked.code, "name": name}, facts={"field": "name"})
    if kind in RECORDED and parameter is None:
        raise NotTaken(_("Choose the parameter that these values measure."), facts={"field": "parameter"})
    stream = None if parameter is None else _stream(locked, name, parameter)
    tag = PlcTag.objects.create(
        plc=locked, name=name, label=path[:200], path=path, field=field, kind=kind, stream=stream, data_type="float64"
    )
    data = {"path": path, "field": field, "stream": stream.code if stream else ""}
    journal.record("plctag.taken-up", subject=tag, by=by, data=data)
    return tag


def _stream(plc: Plc, name: str, parameter: Parameter) -> Stream:
    code = f"{plc.code}:{name}"[:LONGEST_NAME]
    if Stream.objects.filter(code=code).exists():
        raise NotTaken(_("The stream %(code)s exists already. Choose another name.") % {"code": code},
                       facts={"field": "name"})
    return Stream.objects.create(
        code=code, parameter=parameter, equipment=plc.equipment, period_ms=max(plc.period_ms, 1)
    )


def named(text: str) -> str:
    """A name for a tag made of a path: its last words, in letters, digits and dashes."""
    words = re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-").lower()
    return words[-LONGEST_NAME:].strip("-") or "tag"
