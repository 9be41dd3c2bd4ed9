"""What is to be polled, as the poller wants it: controllers with their tags, and where their readings go."""

from collections import defaultdict
from dataclasses import dataclass, fields

from django.conf import settings

from integrations.models import Access, Plc, PlcTag, SourceKind, TagKind
from integrations.plc.client import Device
from integrations.plc.direct import DirectDevice
from integrations.plc.filters import Filter
from integrations.plc.link import Link
from integrations.plc.queries import conditions
from integrations.plc.reader import Source
from integrations.plc.tags import Tag
from integrations.sources.setting import FeedSetting, Way
from traceability.models import Stream

CODECS: dict[str, type[Link]] = {"pymodbus": Device, "direct": DirectDevice}


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything about one controller that the poller depends on."""

    code: str
    host: str
    port: int
    unit: int
    period_ms: int
    timeout_ms: int
    map_version: int | None
    tags: tuple[Tag, ...]
    filters: tuple[Filter, ...] = ()
    feed: FeedSetting | None = None

    def source(self) -> Source:
        """This controller with a connection of its own."""
        codec = CODECS[getattr(settings, "PLC_CODEC", "direct")]
        port = codec(self.host, self.port, self.unit, timeout=self.timeout_ms / 1000)
        return Source(self.code, port, self.tags, self.period_ms / 1000, self.map_version)


def enabled(*, shard: int = 0, shards: int = 1) -> list[Setting]:
    """The controllers of one shard that are to be polled; equal lists mean that nothing was changed."""
    rows = Plc.objects.filter(enabled=True).exclude(kind=SourceKind.PUSH).select_related("access").order_by("pk")
    plcs = [plc for plc in rows if plc.pk % shards == shard]
    tags: dict[int, list[Tag]] = defaultdict(list)
    for tag in PlcTag.objects.filter(plc__in=plcs).order_by("pk"):
        tags[tag.plc_id].append(as_tag(tag))
    filters = conditions.active()
    return [
        Setting(
            plc.code, plc.host, plc.port, plc.unit, plc.period_ms, plc.timeout_ms, plc.map_version,
            tuple(tags[plc.pk]), tuple(filters.get(plc.pk, ())), feed_setting(plc, tuple(tags[plc.pk])),
        )
        for plc in plcs
        if tags[plc.pk]
    ]


def feed_setting(plc: Plc, tags: tuple[Tag, ...] = ()) -> FeedSetting | None:
    """What a feed needs of a source that is no controller to be polled."""
    if plc.kind == SourceKind.MODBUS:
        return None
    access: Access | None = getattr(plc, "access", None)
    way = Way(**{field.name: getattr(access, field.name) for field in fields(Way)}) if access else Way()
    return FeedSetting(plc.kind, plc.code, plc.host, plc.port, plc.path, plc.period_ms, plc.timeout_ms, tags, way)


def as_tag(tag: PlcTag) -> Tag:
    """A row of the register map as a tag; its key is its stream's, or one of its own where nothing is recorded."""
    names = [field.name for field in fields(Tag) if field.name != "key"]
    return Tag(key=key_of(tag), **{name: getattr(tag, name) for name in names})


def key_of(tag: PlcTag) -> int:
    """The stream that a tag's readings go to, or a number of its own below zero."""
    return -tag.pk if tag.stream_id is None else tag.stream_id


def machine_tags() -> dict[int, PlcTag]:
    """The tags that say what a machine does: its state, and what it counts."""
    kinds = [TagKind.STATE, TagKind.PACKML, TagKind.COUNTER]
    found = PlcTag.objects.filter(kind__in=kinds).select_related("plc__equipment")
    return {key_of(tag): tag for tag in found}


def streams() -> dict[str, list[Stream]]:
    """The streams that each controller fills, raw and conditioned, by its code."""
    found: dict[str, list[Stream]] = defaultdict(list)
    for tag in PlcTag.objects.filter(stream__isnull=False).select_related("plc", "stream").order_by("stream_id"):
        found[tag.plc.code].append(tag.stream)
    for code, conditioned in conditions.by_code().items():
        found[code] += conditioned
    return dict(found)
