"""The tables of the edges."""

from integrations.models.plc import DataType, Plc, PlcCounter, PlcHealth, PlcState, PlcTag, Table, TagKind, WordOrder

__all__ = ["DataType", "Plc", "PlcCounter", "PlcHealth", "PlcState", "PlcTag", "Table", "TagKind", "WordOrder"]
