"""What one look at a controller gave, as the database will see it."""

import asyncio

from integrations.plc.batches import pack, unpack
from integrations.plc.reader import Reader


def rows(taken):
    """(key, value, count in this run, quality) of each reading."""
    table = unpack([pack(0, taken, [])]).table
    return [(key, value, count, quality) for key, _at, count, value, quality in table.tolist()]


async def look_once(source):
    """The rows of one look at a source, which is closed after it."""
    seen = asyncio.get_running_loop().create_future()
    reader = Reader(source, lambda _reader, taken, _gaps: seen.set_result(rows(taken)))
    reader.look()
    found = await seen
    await source.port.close()
    return found
