"""Many readers in their rhythms: none is asked twice at once, what is missed is counted, a fault stays where it is."""

import asyncio
import struct
import time

from integrations.plc.ports import Answer
from integrations.plc.reader import Reader, Source
from integrations.plc.tags import Tag
from integrations.plc.wheel import Wheel

PERIOD = 0.02


class TimedPort:
    """A controller that takes its time, and notes how many questions were open at once."""

    def __init__(self, seconds):
        self.seconds, self.open, self.most, self.asked = seconds, 0, 0, []

    def ask(self, table, address, count, heard):
        self.asked.append(time.monotonic())
        self.open += 1
        self.most = max(self.most, self.open)
        asyncio.get_running_loop().call_later(self.seconds, self.answer, count, heard)

    def answer(self, count, heard):
        self.open -= 1
        heard(Answer(struct.pack(f">{count}H", *range(count)), time.time_ns() // 1000, self.seconds))


class BrokenPort:
    """Fails in a way that nobody thought of."""

    def ask(self, table, address, count, heard):
        raise ZeroDivisionError


def turn(*ports, seconds=0.5):
    """The readers after a while."""

    async def act():
        wheel = Wheel(readers)
        wheels.append(wheel)
        wheel.start()
        await asyncio.sleep(seconds)
        await wheel.stop(1.0)

    wheels: list[Wheel] = []
    sources = [Source(str(place), port, [Tag(1, 0)], PERIOD) for place, port in enumerate(ports)]
    readers = [Reader(source, lambda reader, *_: wheels[0].done(reader)) for source in sources]
    asyncio.run(act())
    return readers


def test_a_slow_controller_is_asked_again_when_it_answered_and_what_it_missed_is_counted():
    slow, quick = TimedPort(2.5 * PERIOD), TimedPort(0.0)
    readers = turn(slow, quick)

    assert (slow.most, slow.open) == (1, 0)
    assert 0 < len(slow.asked) < len(quick.asked)
    assert readers[0].health.overruns >= len(slow.asked)
    assert all(later - at >= 2.4 * PERIOD for at, later in zip(slow.asked, slow.asked[1:], strict=False))


def test_a_fault_in_one_codec_harms_no_other():
    quick = TimedPort(0.0)
    readers = turn(BrokenPort(), quick, seconds=0.2)

    assert readers[0].health.errors == readers[0].health.polls > 0
    assert (readers[0].health.state, readers[0].health.last_error) == ("SILENT", "ZeroDivisionError")
    assert readers[1].health.state == "ONLINE"
    assert len(quick.asked) > 2
