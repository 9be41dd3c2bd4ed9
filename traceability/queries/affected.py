"""What an impact says, whichever way it was counted."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Affected:
    """Lots or serials of one material that hold some of it."""

    material: str
    material_name: str
    kind: str
    lots: int
    held: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount of one material in one bucket, the roots' own amounts included."""

    material: str
    unit: str
    bucket: str
    lots: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Shipped:
    """An amount of one material that a customer has, the roots' own amounts included."""

    customer: str
    customer_name: str
    material: str
    unit: str
    lots: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Impact:
    """What is affected, where it is, and which customers have some."""

    affected: tuple[Affected, ...] = ()
    placed: tuple[Placed, ...] = ()
    shipped: tuple[Shipped, ...] = ()

    @property
    def lots(self) -> int:
        """How many lots and serials were made from the roots."""
        return sum(row.lots for row in self.affected)

    @property
    def held(self) -> int:
        """How many of them are held."""
        return sum(row.held for row in self.affected)

    def in_bucket(self, *buckets: str) -> int:
        """How many lots have something in one of these buckets."""
        return sum(row.lots for row in self.placed if row.bucket in buckets)
