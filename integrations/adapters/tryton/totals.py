"""What Tryton counts of orders, for the comparison of both books."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from integrations.adapters.port import Never, Total
from integrations.adapters.tryton import booking
from integrations.adapters.tryton.rpc import Session


def of_orders(session: Session, numbers: Iterable[str]) -> Iterator[Total]:
    """Yield, scrap and consumption of each order that Tryton knows."""
    for number in numbers:
        try:
            order = booking.read_order(session, number)
        except Never:
            continue
        main = order.row["product."]["code"]
        sums: dict[tuple[str, str], Decimal] = {("YIELD", main): Decimal(0), ("SCRAP", main): Decimal(0)}
        for key, amount in booking.booked_totals(order).items():
            is_out = key.material == main
            measure = "SCRAP" if key.is_scrap else "YIELD" if is_out else "CONSUMPTION"
            place = (measure, key.material)
            sums[place] = sums.get(place, Decimal(0)) + (-amount if measure == "CONSUMPTION" else amount)
        for (measure, material), quantity in sorted(sums.items()):
            yield Total(measure, number, material, quantity)
