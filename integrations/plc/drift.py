"""Reading and writing one setpoint of a controller: how a drift begins, and the only write there is."""

from integrations.plc.client import Device
from integrations.plc.decoding import decode, encode, width
from integrations.plc.tags import Number, Tag


async def write_register(
    *, host: str, port: int, unit: int, tag: Tag, value: Number, timeout: float = 0.8
) -> Number | None:
    """Write a setpoint once and return what the controller holds afterwards; anything but a setpoint is refused."""
    if tag.kind != "setpoint" or tag.table != "holding" or tag.exponent is not None:
        raise ValueError(f"{tag.key} is not a setpoint")
    if not ((tag.minimum is None or tag.minimum <= value) and (tag.maximum is None or value <= tag.maximum)):
        raise ValueError(f"{value} is outside {tag.minimum} to {tag.maximum}")
    device = Device(host, port, unit, timeout=timeout)
    try:
        await device.write_registers(tag.address, encode(value, tag))
        answer = await device.read_block(tag.table, tag.address, width(tag.data_type))
    finally:
        await device.close()
    return decode(answer.registers, tag)[0]


async def read_register(*, host: str, port: int, unit: int, tag: Tag, timeout: float = 0.8) -> Number | None:
    """What a controller holds in a setpoint now; None where its bits say that nothing is there."""
    device = Device(host, port, unit, timeout=timeout)
    try:
        answer = await device.read_block(tag.table, tag.address, width(tag.data_type))
    finally:
        await device.close()
    return decode(answer.registers, tag)[0]
