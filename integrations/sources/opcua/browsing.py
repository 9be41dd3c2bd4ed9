"""Looking into a server's address space, one folder at a time, with what each variable says now."""

import asyncio
from typing import TYPE_CHECKING, Any

from integrations.plc import loops
from integrations.sources.opcua import statuses
from integrations.sources.opcua.connecting import connected
from integrations.sources.opcua.feed import microseconds
from integrations.sources.seen import Seen
from integrations.sources.setting import FeedSetting

if TYPE_CHECKING:
    from asyncua import Client

ROOT = "i=85"  # the Objects folder
MOST = 500
SECONDS = 10.0


def look(setting: FeedSetting, path: str = "") -> list[Seen]:
    """What lies in a folder or object; raises what the connection raises."""
    return loops.run(_look(setting, path or ROOT))


async def _look(setting: FeedSetting, path: str) -> list[Seen]:
    async with asyncio.timeout(SECONDS), connected(setting) as client:
        return await _children(client, path)


async def _children(client: "Client", path: str) -> list[Seen]:
    from asyncua import ua

    asked = ua.BrowseDescription(
        NodeId=ua.NodeId.from_string(path), BrowseDirection=ua.BrowseDirection.Forward,
        ReferenceTypeId=ua.NodeId(ua.Int32(ua.ObjectIds.HierarchicalReferences)), IncludeSubtypes=True,
        NodeClassMask=ua.NodeClass.Object | ua.NodeClass.Variable, ResultMask=ua.BrowseResultMask.All,
    )
    request = ua.BrowseParameters(NodesToBrowse=[asked], RequestedMaxReferencesPerNode=MOST)
    found = (await client.uaclient.session.browse(request))[0]
    found.StatusCode.check()
    nodes = found.References[:MOST]
    values = await _values(client, [one.NodeId for one in nodes if one.NodeClass == ua.NodeClass.Variable])
    return [_seen(one, values.get(one.NodeId.to_string())) for one in nodes]


async def _values(client: "Client", wanted: list[Any]) -> dict[str, Any]:
    from asyncua import ua

    if not wanted:
        return {}
    reads = [ua.ReadValueId(NodeId=one, AttributeId=ua.AttributeIds.Value) for one in wanted]
    answers = await client.uaclient.session.read(
        ua.ReadParameters(NodesToRead=reads, TimestampsToReturn=ua.TimestampsToReturn.Both)
    )
    return {node.to_string(): answer for node, answer in zip(wanted, answers, strict=True)}


def _seen(one: Any, told: Any) -> Seen:
    name = one.DisplayName.Text or one.BrowseName.Name or ""
    path = one.NodeId.to_string()
    if told is None:
        return Seen(path, name, has_more=True)
    value = told.Value.Value if told.Value is not None else None
    code = told.StatusCode.value if told.StatusCode is not None else 0
    kind = told.Value.VariantType.name if told.Value is not None else ""
    return Seen(
        path, name, kind=kind, value=value, quality=statuses.quality(code),
        at_us=microseconds(told.SourceTimestamp or told.ServerTimestamp), has_more=False,
    )
