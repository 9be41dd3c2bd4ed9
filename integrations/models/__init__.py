"""The tables of the edges."""

from integrations.models.channel import (
    PERSONAL,
    Channel,
    ChannelKind,
    Message,
    MessageStatus,
    News,
    Reach,
    Subscription,
    Weight,
)
from integrations.models.conditioning import Conditioning, ConditioningMemory
from integrations.models.connection import (
    Auth,
    Connection,
    Difference,
    DifferenceStatus,
    Measure,
    OpenNetwork,
    Reconciliation,
    Rhythm,
    Sample,
)
from integrations.models.epcis import EpcisDocument, EpcisEntry, EpcisEvent
from integrations.models.exchange import OPEN_STATES, Exchange, ExchangeCounter, ExchangeStatus
from integrations.models.external_id import ExternalId
from integrations.models.mapping import (
    CodeMap,
    CodeMapEntry,
    Direction,
    Format,
    Mapping,
    MappingRow,
    OnError,
    Transform,
)
from integrations.models.plc import DataType, Plc, PlcCounter, PlcHealth, PlcState, PlcTag, Table, TagKind, WordOrder
from integrations.models.push import PushDevice
from integrations.models.recipe import RecipeOutcome, RecipeTag, RecipeWrite
from integrations.models.webhook import EventFeed, EventFilter

__all__ = [
    "OPEN_STATES",
    "PERSONAL",
    "Auth",
    "Channel",
    "ChannelKind",
    "CodeMap",
    "CodeMapEntry",
    "Conditioning",
    "ConditioningMemory",
    "Connection",
    "DataType",
    "Difference",
    "DifferenceStatus",
    "Direction",
    "EpcisDocument",
    "EpcisEntry",
    "EpcisEvent",
    "EventFeed",
    "EventFilter",
    "Exchange",
    "ExchangeCounter",
    "ExchangeStatus",
    "ExternalId",
    "Format",
    "Mapping",
    "MappingRow",
    "Measure",
    "Message",
    "MessageStatus",
    "News",
    "OnError",
    "OpenNetwork",
    "Plc",
    "PlcCounter",
    "PlcHealth",
    "PlcState",
    "PlcTag",
    "PushDevice",
    "Reach",
    "RecipeOutcome",
    "RecipeTag",
    "RecipeWrite",
    "Reconciliation",
    "Rhythm",
    "Sample",
    "Subscription",
    "Table",
    "TagKind",
    "Transform",
    "Weight",
    "WordOrder",
]
