"""Telling the other side what became of its message, where it can be told in the transaction of the effect."""

from integrations import adapters
from integrations.adapters.port import Answers, Became
from integrations.models import Connection, Exchange


def answer(connection: Connection, exchange: Exchange, status: str, **more: str) -> None:
    """Tell it, if its adapter answers."""
    adapter = adapters.of(connection.kind)
    if isinstance(adapter, Answers):
        told = {name: str(one) for name, one in more.items()}  # in the language of the plant
        adapter.answer(connection.code, Became(exchange.claim, exchange.noun, status, **told))
