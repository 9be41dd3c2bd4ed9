"""Telling quality, which stands below, how goods of a shipment are taken back."""

from mes.commands import returns
from qms import returning

returning.register(returns.take_back)
