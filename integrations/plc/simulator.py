"""Two controllers over real Modbus TCP, and a bench of lines: `python -m integrations.plc.simulator --port-a N …`."""

import argparse
import asyncio
import contextlib
import logging
import signal

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from integrations.plc import demo_map
from integrations.plc.bench import Bench
from integrations.plc.decoding import decode, encode, width
from integrations.plc.machines import TICK, Machine, Oven, Screwdriver

log = logging.getLogger(__name__)


class Controller:
    """A machine behind a register map: reads see its values, writes reach its setpoints."""

    def __init__(self, machine: Machine, unit: int = 1) -> None:
        self.machine, self.unit = machine, unit
        self.mute = False
        self.served = 0
        lines = demo_map.registers(machine.plc)
        self._tags = [(line.name, line.tag()) for line in lines]
        self._size = max(tag.address + width(tag.data_type) for _, tag in self._tags)
        self._image = [0] * self._size
        self.refresh()

    def refresh(self) -> None:
        """Put the machine's values into the registers."""
        for name, tag in self._tags:
            words = encode(self.machine.values[name], tag)
            self._image[tag.address : tag.address + len(words)] = words

    def device(self) -> SimDevice:
        """The map for the Modbus server: one shared table, only setpoints writable, holes readable as zero."""
        writable = {
            address
            for _, tag in self._tags
            if tag.kind == "setpoint"
            for address in range(tag.address, tag.address + width(tag.data_type))
        }
        cells = [
            SimData(address, values=word, datatype=DataType.REGISTERS, readonly=address not in writable)
            for address, word in enumerate(self._image)
        ]
        return SimDevice(id=self.unit, simdata=cells, action=self._act)

    async def _act(self, function, start, address, count, current, wanted) -> ExcCodes | None:
        if self.mute:
            return ExcCodes.DEVICE_BUSY
        current[: self._size] = self._image
        if wanted is None:
            self.served += 1
            return None
        return self._take(address, list(wanted))

    def _take(self, address: int, wanted: list[int]) -> ExcCodes | None:
        image = list(self._image)
        image[address : address + len(wanted)] = wanted
        setpoints = {
            name: decode(image[tag.address : tag.address + width(tag.data_type)], tag)[0]
            for name, tag in self._tags
            if tag.kind == "setpoint"
        }
        if None in setpoints.values():
            return ExcCodes.ILLEGAL_VALUE
        self.machine.values |= setpoints
        self.refresh()
        return None


async def serve(controllers: dict[Controller, tuple[str, int]], stop: asyncio.Event) -> None:
    """Serve every controller at its address and let its machine live until told to stop."""
    servers = [ModbusTcpServer(controller.device(), address=address) for controller, address in controllers.items()]
    for server in servers:
        await server.serve_forever(background=True)
    log.info("serving %s", {controller.machine.plc: address for controller, address in controllers.items()})
    loop = asyncio.get_running_loop()
    due = loop.time()
    while not stop.is_set():
        due += TICK
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), max(due - loop.time(), 0))
        for controller in controllers:
            controller.machine.step()
            controller.refresh()
    for server in servers:
        await server.shutdown()


async def run(options: argparse.Namespace) -> None:
    """Both demonstration controllers until a signal comes."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    a = Controller(Oven(options.seed), demo_map.UNITS["A"])
    b = Controller(Screwdriver(options.seed), demo_map.UNITS["B"])
    bench = Bench(options.seed, demo_map.BENCH)
    server = await asyncio.start_server(bench.speak, options.host, options.port_bench) if options.port_bench else None
    await serve({a: (options.host, options.port_a), b: (options.host, options.port_b)}, stop)
    if server is not None:
        server.close()


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m integrations.plc.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port-a", type=int, default=15020)
    parser.add_argument("--port-b", type=int, default=15021)
    parser.add_argument("--port-bench", type=int, default=0, help="0: there is none")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(run(arguments().parse_args()))
