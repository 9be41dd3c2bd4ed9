"""How a field of settings is shown where people fill it in; what it takes is not touched by it."""

from typing import Any

FIRST: dict[str, Any] = {"first": True}  # needed every day: stands before the rest, as what is required does
COMES_IN: dict[str, Any] = {"noun": "in", "first": True}  # one of the objects that we take
GOES_OUT: dict[str, Any] = {"noun": "out", "first": True}  # one of those that we tell of
