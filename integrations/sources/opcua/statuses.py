"""What a status code of OPC UA (Part 4, 7.39; Part 8, 6.3) says of a value. Pure."""

from integrations.plc.tags import Quality

UNCERTAIN_LAST_USABLE = 0x4090_0000
AWAY = frozenset({
    0x8031_0000,  # BadNoCommunication
    0x8032_0000,  # BadWaitingForInitialData
    0x808A_0000,  # BadNotConnected
    0x808D_0000,  # BadOutOfService
})
DATA_VALUE = 0x0C00
IS_DATA_VALUE = 0x0400
OVERFLOW = 0x0080


def quality(code: int) -> Quality:
    """Good, uncertain or bad by the severity bits; a last value that is only remembered is stale."""
    severity = code >> 30
    if severity == 0:
        return Quality.GOOD
    plain = code & 0xFFFF_0000
    if severity == 1:
        return Quality.STALE if plain == UNCERTAIN_LAST_USABLE else Quality.UNCERTAIN
    return Quality.STALE if plain in AWAY else Quality.BAD


def ran_over(code: int) -> bool:
    """Whether the server's queue ran over behind this value, so that older ones were dropped."""
    return code & DATA_VALUE == IS_DATA_VALUE and bool(code & OVERFLOW)
