"""The numbers that several parts of the spine hold to."""

TRIPS = 5  # failures in a row after which a connection rests
