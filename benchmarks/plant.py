"""The running demonstration plant as the benchmarks reach it: its API, its database, its controllers, its floor."""

import json
import subprocess
import sys
import time
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis
from pymodbus.client import ModbusTcpClient

from benchmarks.wire import Wire
from ops.paths import ROOT
from tests.system import System

COMING_BACK = 60.0  # seconds in which a killed database is back
WORD_ORDERS = {"ABCD": "big", "CDAB": "little"}


class Unreachable(Exception):
    """Something that a measurement needs does not answer."""


class Plant(System):
    """A running plant, found by its demo.json."""

    def wire(self, headers: dict[str, str] | None = None) -> Wire:
        """A fresh keep-alive connection with the key that may do everything."""
        return Wire(self.url, self.facts["api_key"], headers)

    def connect(self) -> Any:
        """The plant's database, as its application; one that was killed is awaited until it is up again."""
        parts, end = urlsplit(self.env["DATABASE_URL"]), time.monotonic() + COMING_BACK
        while True:
            try:
                connection = psycopg2.connect(
                    host=parts.hostname, port=parts.port, user=parts.username, password=parts.password,
                    dbname=parts.path[1:],
                )
                break
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        connection.autocommit = True
        return connection

    def redis(self) -> redis.Redis:
        """The plant's broker."""
        return redis.Redis.from_url(self.env["REDIS_URL"])

    def ask(self, statement: str, *words: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement, on a connection of its own."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(statement, words or None)
            return cursor.fetchall()

    def floor(self, *words: str) -> Any:
        """Run benchmarks.floor inside the plant; its answer."""
        return self.run("benchmarks.floor", *words)

    def run(self, module: str, *words: str) -> Any:
        """Run a module inside the plant; the JSON that it answers."""
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unreachable(f"{module} {words[0]} failed:\n{done.stderr[-2000:]}")
        return json.loads(done.stdout)

    @cached_property
    def drift(self) -> dict[str, Any]:
        """The register whose change is a drift."""
        return self.facts["scenario"]["drift"]

    def write_drift(self, *, drifted: bool) -> None:
        """Write the register as any Modbus client would; returns once the controller has confirmed."""
        told = self.drift
        plc = next(plc for plc in self.facts["plcs"] if told["plc"] in (plc["name"], plc.get("letter")))
        value = float(told["drifted" if drifted else "normal"])
        kind = ModbusTcpClient.DATATYPE[told["type"].upper()]
        words = ModbusTcpClient.convert_to_registers(value, kind, word_order=WORD_ORDERS[told["word_order"]])
        client = ModbusTcpClient(plc["host"], port=plc["port"])
        try:
            address = told.get("address", told["register"])
            if not client.connect() or client.write_registers(address, words, device_id=plc["unit"]).isError():
                raise Unreachable(f"{plc['name']} did not take the value")
        finally:
            client.close()


def find(demo: Path) -> Plant:
    """The plant whose demo.json this is."""
    plant = Plant(demo.resolve().parent)
    if (said := plant.readiness()) != "ok":
        raise Unreachable(f"the plant is not ready: {said}")
    return plant
