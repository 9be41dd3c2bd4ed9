"""Reading a controller with pymodbus, which is not strict: every answer's bytes are checked again by `wire`."""

import asyncio

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from integrations.plc.link import Link

READS = {1: "read_coils", 2: "read_discrete_inputs", 3: "read_holding_registers", 4: "read_input_registers"}
GRACE = 0.1  # seconds after which pymodbus' own timeout is no longer waited for


class Device(Link):
    """A controller behind pymodbus: no retries, no reconnecting behind our back, raw bytes kept by its trace hooks."""

    _client: AsyncModbusTcpClient | None = None
    _sent = _seen = _frame = b""

    @property
    def _is_open(self) -> bool:
        return self._client is not None and self._client.connected

    async def _open(self) -> None:
        self._drop()
        self._client = AsyncModbusTcpClient(
            self.host, port=self.port, timeout=self.timeout, retries=0, reconnect_delay=0,
            trace_packet=self._trace_packet, trace_pdu=self._trace_pdu,
        )  # fmt: skip
        async with asyncio.timeout(self.timeout + GRACE):
            connected = await self._client.connect()
        if not connected:
            raise OSError(f"{self.host}:{self.port} does not take the connection")

    async def _exchange(self, function: int, address: int, count: int, registers: list[int] | None) -> bytes:
        self._frame = b""
        try:
            async with asyncio.timeout(self.timeout + GRACE):
                if registers is None:
                    await getattr(self._client, READS[function])(address, count=count, device_id=self.unit)
                else:
                    await self._client.write_registers(address, registers, device_id=self.unit)
        except ModbusException as error:
            if not self._frame:
                raise TimeoutError from error
        self._tid = int.from_bytes(self._sent[:2], "big")
        return self._frame

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _trace_packet(self, sending: bool, data: bytes) -> bytes:
        if sending:
            self._sent = data
        else:
            self._seen = data
        return data

    def _trace_pdu(self, sending: bool, pdu: ModbusPDU) -> ModbusPDU:
        if not sending and not self._frame:
            self._frame = self._seen
        return pdu
