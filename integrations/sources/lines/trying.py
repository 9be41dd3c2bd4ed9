"""What the patterns of a source would take from a line, tried without anybody scanning or measuring."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.models import PlcTag, TagKind
from integrations.plc.queries.devices import as_tag
from integrations.plc.tags import Quality
from integrations.sources.lines.cutting import found, number
from integrations.sources.settling import settle
from mes import barcodes
from mes.queries import codes
from plant.errors import Refusal


@dataclass(frozen=True, slots=True)
class Tried:
    """One tag: what its pattern takes, as a number or as a code, and what is wrong with it."""

    tag: PlcTag
    text: str | None
    value: float | None = None
    quality: Quality | None = None
    means: str = ""
    wrong: str = ""


def tried(tags: Sequence[PlcTag], line: str) -> list[Tried]:
    """Every tag with what it would take."""
    return [_tried(tag, line) for tag in tags]


def _tried(tag: PlcTag, line: str) -> Tried:
    try:
        text = found(re.compile(tag.path), line)
    except re.error as error:
        return Tried(tag, None, wrong=_("This is no pattern: %(why)s.") % {"why": error})
    if text is None:
        return Tried(tag, None)
    if tag.kind == TagKind.SCAN:
        return Tried(tag, text, **_code(text))
    value, quality = settle(as_tag(tag), number(text))
    return Tried(tag, text, None if value != value else value, Quality(quality))


def _code(text: str) -> dict[str, Any]:
    """What a code says, an RFID tag or a GS1 label in its elements, and what it stands for here."""
    elements = ""
    try:
        said = codes.read(text)
        label = barcodes.as_gs1(said, codes.profile()) or said
        elements = " ".join(f"({key}) {value}" for key, value in label.elements.items())
        stands = codes.look_up(text, timezone.now())
    except Refusal as refusal:
        return {"means": elements, "wrong": str(refusal)}
    name = stands.message if isinstance(stands, codes.Hint) else f"{stands._meta.verbose_name} {stands}"
    return {"means": " · ".join(str(part) for part in (elements, name) if part)}
