"""A spot of the ledger: a bucket, and the place in it."""

from typing import NamedTuple

from traceability.models import Bucket


class Spot(NamedTuple):
    """Where an amount is; the place is a store, a station or an operation, by the bucket."""

    bucket: Bucket
    place: str = ""
