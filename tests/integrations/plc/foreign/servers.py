"""Modbus servers of other people's making over one image of registers: `python -m …foreign.servers KIND IMAGE PORT`."""

import asyncio
import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from pymodbus.datastore import ModbusServerContext, ModbusSimulatorContext
from pymodbus.server import ModbusTcpServer
from pyModbusTCP.server import DataBank, ModbusServer


def words_of(image: dict[str, Any]) -> list[int]:
    """The registers from 0 on."""
    found = [0] * image["size"]
    for first, words in image["words"].items():
        found[int(first) : int(first) + len(words)] = [int(word, 16) for word in words]
    return found


def pymodbustcp(image: dict[str, Any], port: int) -> None:
    """pyModbusTCP, which answers to every unit."""
    bank = DataBank(h_regs_size=image["size"], i_regs_size=image["size"])
    bank.set_holding_registers(0, words_of(image))
    bank.set_input_registers(0, words_of(image))
    ModbusServer("127.0.0.1", port, no_block=True, data_bank=bank).start()
    print("listening", flush=True)
    signal.pause()


def simulator(config: dict[str, Any], port: int) -> None:
    """pymodbus' simulator with one of its own configurations."""

    async def serve() -> None:
        device = ModbusSimulatorContext(config["device_list"]["device"], None)
        server = ModbusTcpServer(ModbusServerContext(devices=device, single=True), address=("127.0.0.1", port))
        await server.serve_forever(background=True)
        print("listening", flush=True)
        await asyncio.Event().wait()

    asyncio.run(serve())


class Mapping(ctypes.Structure):
    """libmodbus' modbus_mapping_t."""

    _fields_ = [(name, ctypes.c_int) for name in (
        "nb_bits", "start_bits", "nb_input_bits", "start_input_bits",
        "nb_input_registers", "start_input_registers", "nb_registers", "start_registers",
    )] + [
        ("tab_bits", ctypes.c_void_p), ("tab_input_bits", ctypes.c_void_p),
        ("tab_input_registers", ctypes.POINTER(ctypes.c_uint16)), ("tab_registers", ctypes.POINTER(ctypes.c_uint16)),
    ]


def libmodbus(image: dict[str, Any], port: int) -> None:
    """libmodbus, the C library that many gateways run; LIBMODBUS names the file where it lies elsewhere."""
    library = ctypes.CDLL(os.environ.get("LIBMODBUS", "libmodbus.so.5"))
    library.modbus_new_tcp.restype = ctypes.c_void_p
    library.modbus_mapping_new.restype = ctypes.POINTER(Mapping)
    context = ctypes.c_void_p(library.modbus_new_tcp(b"127.0.0.1", port))
    mapping = library.modbus_mapping_new(0, 0, image["size"], image["size"])
    for place, word in enumerate(words_of(image)):
        mapping.contents.tab_registers[place] = mapping.contents.tab_input_registers[place] = word
    listening = ctypes.c_int(library.modbus_tcp_listen(context, 1))
    print("listening", flush=True)
    question = (ctypes.c_uint8 * 260)()
    while library.modbus_tcp_accept(context, ctypes.byref(listening)) >= 0:
        while (size := library.modbus_receive(context, question)) >= 0:
            if size:
                library.modbus_reply(context, question, size, mapping)


if __name__ == "__main__":
    kinds = {"pymodbustcp": pymodbustcp, "simulator": simulator, "libmodbus": libmodbus}
    kinds[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), int(sys.argv[3]))
