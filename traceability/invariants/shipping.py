"""Rules of packing and shipping: what lies in a carton is there, and what left agrees with the ledger."""

from traceability.invariants import register

register(
    "I14", "packed-lots-lie-in-stock",
    "All of a lot that lies in a carton is in stock, or has left with its carton.",
    """
    SELECT p.id, 'lot', l.number, 'in carton', u.number, 'packed', p.quantity, 'there', coalesce(sum(b.quantity), 0)
    FROM traceability_packedlot p
    JOIN traceability_handlingunit u ON u.id = p.unit_id
    JOIN traceability_materiallot l ON l.id = p.lot_id
    LEFT JOIN traceability_lotbalance b ON b.lot_id = p.lot_id
      AND b.bucket = CASE u.status WHEN 'SHIPPED' THEN 'SHIPPED' ELSE 'STOCK' END
    WHERE p.ended_at IS NULL
    GROUP BY p.id, l.number, u.number, u.status
    HAVING coalesce(sum(b.quantity), 0) < p.quantity
        OR (u.status <> 'SHIPPED' AND coalesce(sum(b.quantity), 0) <> p.quantity)
    """,
)

register(
    "I14", "shipments-are-the-ledger",
    "What a shipment says it took and got back is what the ledger says is with the customer.",
    """
    WITH told AS (
      SELECT k.lot_id, s.number, sum(k.quantity) - coalesce(sum((
        SELECT sum(r.quantity) FROM traceability_shipmentreturn r WHERE r.pick_id = k.id)), 0) AS quantity
      FROM traceability_shipmentpick k JOIN traceability_shipmentline n ON n.id = k.line_id
      JOIN traceability_shipment s ON s.id = n.shipment_id
      WHERE k.move_id IS NOT NULL GROUP BY 1, 2
    )
    SELECT t.lot_id, 'lot', l.number, 'shipment', t.number, 'says', t.quantity, 'ledger', coalesce(b.quantity, 0)
    FROM told t JOIN traceability_materiallot l ON l.id = t.lot_id
    LEFT JOIN traceability_lotbalance b ON b.lot_id = t.lot_id AND b.bucket = 'SHIPPED' AND b.place = t.number
    WHERE t.quantity <> coalesce(b.quantity, 0)
    """,
)

register(
    "I14", "shipped-units-left-with-a-shipment",
    "A carton is shipped if and only if a shipment that left took what lay in it.",
    """
    SELECT u.id, 'carton', u.number, 'is', u.status FROM traceability_handlingunit u
    WHERE u.kind = 'CARTON' AND (u.status = 'SHIPPED') <> EXISTS (
      SELECT 1 FROM traceability_shipmentpick k WHERE k.unit_id = u.id AND k.move_id IS NOT NULL)
    """,
)
