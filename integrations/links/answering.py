"""Telling the other side what became of its message, where it can be told in the transaction of the effect."""

from typing import Any

from integrations import adapters
from integrations.adapters.port import Answers, Became
from integrations.models import Connection, Exchange


def answer(connection: Connection, exchange: Exchange, status: str, **more: Any) -> None:
    """Tell it, if its adapter answers."""
    adapter = adapters.of(connection.kind)
    if isinstance(adapter, Answers):
        adapter.answer(connection.code, Became(exchange.claim, exchange.noun, status, **more))
