"""Which blocks to read so that every tag of a controller comes in as few requests as possible, none of them torn."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from integrations.plc.decoding import width
from integrations.plc.tags import BIT_TABLES, Tag

REGISTER_LIMIT = 125  # Modbus Application Protocol V1.1b3, 6.3
BIT_LIMIT = 2000  # Modbus Application Protocol V1.1b3, 6.1
GAP = 60  # registers that cost less than one more request (measured)


@dataclass(frozen=True, slots=True)
class Block:
    """One request: a stretch of one table, and the tags in it with their place."""

    table: str
    address: int
    count: int
    places: tuple[tuple[Tag, int, int], ...]

    @property
    def holes(self) -> bool:
        """True when registers are read that no tag asked for."""
        wanted = {position for _, start, size in self.places for position in range(start, start + size)}
        return len(wanted) < self.count


def plan(tags: Iterable[Tag], *, gap: int = GAP) -> list[Block]:
    """Blocks in table and address order; a value never lies in two of them. `gap=0` never reads an unasked register."""
    ordered = sorted(tags, key=lambda tag: (tag.table, tag.address))
    blocks = []
    for table, group in groupby(ordered, key=lambda tag: tag.table):
        blocks += _cut(table, list(group), gap * 16 if table in BIT_TABLES else gap)
    return blocks


def _cut(table: str, tags: list[Tag], gap: int) -> list[Block]:
    limit = BIT_LIMIT if table in BIT_TABLES else REGISTER_LIMIT
    blocks: list[Block] = []
    members: list[Tag] = []
    start = end = 0
    for tag in tags:
        tag_end = tag.address + width(tag.data_type)
        if members and (tag.address - end > gap or max(end, tag_end) - start > limit):
            blocks.append(_block(table, start, end, members))
            members = []
        if not members:
            start = end = tag.address
        members.append(tag)
        end = max(end, tag_end)
    return [*blocks, _block(table, start, end, members)] if members else blocks


def _block(table: str, start: int, end: int, tags: list[Tag]) -> Block:
    return Block(table, start, end - start, tuple((tag, tag.address - start, width(tag.data_type)) for tag in tags))
