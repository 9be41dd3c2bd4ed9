"""What a host knows of the nodes and devices that speak to it: born, dead, in which order, under which aliases. Pure.

A path is group/node:metric or group/node/device:metric.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from integrations.sources.sparkplug.payload import Metric, Payload

SPACE = "spBv1.0"
NODE_KINDS, DEVICE_KINDS = ("NBIRTH", "NDATA", "NDEATH"), ("DBIRTH", "DDATA", "DDEATH")
BD_SEQ = "bdSeq"


class Said(NamedTuple):
    """A metric said something."""

    path: str
    metric: Metric
    at_ms: int | None


class Died(NamedTuple):
    """A node or a device is gone; `where` is group/node or group/node/device."""

    where: str
    cause: str


class Born(NamedTuple):
    """It is there (again); what was said under it before is no longer true."""

    where: str


class Ask(NamedTuple):
    """A node must say everything anew, for this reason."""

    node: str
    cause: str


Event = Said | Died | Born | Ask


@dataclass
class Node:
    """One edge node, as it stands."""

    is_online: bool = False
    bd_seq: int | None = None
    seq: int | None = None
    aliases: dict[int, tuple[str, str]] = field(default_factory=dict)  # alias -> where, name
    devices: set[str] = field(default_factory=set)


class Host:
    """All of them."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}

    def hear(self, kind: str, node_name: str, device: str, payload: Payload) -> Iterator[Event]:
        """One message, and what follows of it, in order."""
        node = self.nodes.setdefault(node_name, Node())
        where = f"{node_name}/{device}" if device else node_name
        if kind == "NBIRTH":
            yield from self._born(node, node_name, payload)
        elif kind == "NDEATH":
            yield from self._died(node, node_name, payload)
        elif not node.is_online:
            yield Ask(node_name, f"{kind} of a node that was not born")
        else:
            yield from self._in_order(node, node_name, kind, payload)
            if node.is_online:
                yield from self._told(node, where, device, kind, payload)

    def _born(self, node: Node, where: str, payload: Payload) -> Iterator[Event]:
        node.is_online, node.seq, node.bd_seq = True, payload.seq, payload.value(BD_SEQ)
        node.aliases, node.devices = {}, set()
        yield Born(where)
        yield from self._say(node, where, payload)

    def _died(self, node: Node, where: str, payload: Payload) -> Iterator[Event]:
        """A will of an earlier session may come late; the number of the session tells."""
        number = payload.value(BD_SEQ)
        if node.is_online and (number is None or node.bd_seq is None or number == node.bd_seq):
            node.is_online = False
            yield Died(where, "the node died")

    def _in_order(self, node: Node, where: str, kind: str, payload: Payload) -> Iterator[Event]:
        """Numbers rise by one, from 255 to 0."""
        expected = None if node.seq is None else (node.seq + 1) % 256
        if payload.seq is None or expected is None or payload.seq == expected:
            node.seq = payload.seq if payload.seq is not None else node.seq
            return
        node.is_online = False
        cause = f"{kind} number {payload.seq} came instead of {expected}"
        yield Died(where, cause)
        yield Ask(where, cause)

    def _told(self, node: Node, where: str, device: str, kind: str, payload: Payload) -> Iterator[Event]:
        if kind == "DBIRTH":
            node.devices.add(device)
            node.aliases = {alias: named for alias, named in node.aliases.items() if named[0] != where}
            yield Born(where)
        elif kind == "DDEATH":
            node.devices.discard(device)
            yield Died(where, "the device died")
            return
        elif kind == "DDATA" and device not in node.devices:
            yield Ask(where.rpartition("/")[0], "data of a device that was not born")
            return
        yield from self._say(node, where, payload)

    def _say(self, node: Node, where: str, payload: Payload) -> Iterator[Event]:
        for metric in payload.metrics:
            if metric.alias is not None and metric.name:
                node.aliases[metric.alias] = (where, metric.name)
            found, name = where, metric.name
            if not name:
                known = node.aliases.get(metric.alias) if metric.alias is not None else None
                if known is None:
                    yield Ask("/".join(where.split("/")[:2]), f"alias {metric.alias} is not known")
                    continue
                found, name = known
            yield Said(f"{found}:{name}", metric, metric.at_ms or payload.at_ms)


def parts(topic: str) -> tuple[str, str, str] | None:
    """The kind of a message, group/node, and the device; None for anything else."""
    levels = topic.split("/")
    if len(levels) not in (4, 5) or levels[0] != SPACE:
        return None
    wanted = NODE_KINDS if len(levels) == 4 else DEVICE_KINDS
    if levels[2] not in wanted:
        return None
    return levels[2], f"{levels[1]}/{levels[3]}", levels[4] if len(levels) == 5 else ""
