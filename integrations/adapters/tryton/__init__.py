"""Tryton: its production orders come in and our confirmations go out, by JSON-RPC; see docs/erp_templates.md."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested, Total
from integrations.adapters.tryton import booking, reading, totals
from integrations.adapters.tryton.rpc import Session
from plant.spoken import spoken

CONFIRMATIONS = "order-totals"


class Settings(serializers.Serializer[Any]):
    """Which database of a Tryton server, which company, and what is read of it."""

    database = serializers.RegexField(r"^[\w.-]{1,60}$", label=_("Database"))
    company = serializers.IntegerField(label=_("Number of the company"), min_value=1, default=1)
    takes = serializers.ListField(
        child=serializers.ChoiceField([reading.MATERIALS, reading.REQUESTS]), label=_("Takes in"),
        default=[reading.MATERIALS, reading.REQUESTS],
    )


class Tryton:
    """A Tryton server, from series 7.0 on; proved on 8.2."""

    kind = "tryton"
    label = _("Tryton")
    settings = Settings
    is_called = True
    proved = (Proof("Tryton 8.2", True),)

    def test(self, link: Link) -> Tested:
        """Sign in, and ask who one is."""
        with Session(link) as session:
            told = session.call("res.user", "get_preferences", True)
            count = session.call("production", "search_count", [["state", "in", reading.UNFINISHED]])
        return Tested(True, f"{told.get('language', '')}: {count} open production orders", "JSON-RPC")

    def fetch(self, link: Link, cursor: str) -> Iterable[Incoming]:
        """Products and production orders that changed."""
        with Session(link) as session:
            yield from reading.changes(session, list(link.settings.get("takes") or ()), cursor)

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Bring an order of theirs to our totals."""
        if message.noun != CONFIRMATIONS:
            raise Never(spoken("Tryton takes “%(takes)s” only.") % {"takes": CONFIRMATIONS})
        with Session(link) as session:
            return booking.book(session, message.words)

    def totals(self, link: Link, orders: Iterable[str]) -> Iterable[Total]:
        """What Tryton counts of these orders."""
        with Session(link) as session:
            yield from totals.of_orders(session, orders)


ADAPTER = Tryton()
