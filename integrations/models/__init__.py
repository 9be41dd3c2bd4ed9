"""The tables of the edges."""

from integrations.models.plc import DataType, Plc, PlcHealth, PlcState, PlcTag, Table, TagKind, WordOrder

__all__ = ["DataType", "Plc", "PlcHealth", "PlcState", "PlcTag", "Table", "TagKind", "WordOrder"]
