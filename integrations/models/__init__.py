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
from integrations.models.epcis import EpcisDocument, EpcisEntry, EpcisEvent
from integrations.models.external_id import ExternalId
from integrations.models.plc import DataType, Plc, PlcCounter, PlcHealth, PlcState, PlcTag, Table, TagKind, WordOrder
from integrations.models.push import PushDevice
from integrations.models.recipe import RecipeOutcome, RecipeTag, RecipeWrite

__all__ = [
    "PERSONAL", "Channel", "ChannelKind", "Conditioning", "ConditioningMemory", "DataType", "EpcisDocument",
    "EpcisEntry", "EpcisEvent", "ExternalId", "Message", "MessageStatus", "News",
    "Plc", "PlcCounter", "PlcHealth", "PlcState", "PlcTag", "PushDevice", "Reach",
    "RecipeOutcome", "RecipeTag", "RecipeWrite", "Subscription", "Table", "TagKind", "Weight", "WordOrder",
]
