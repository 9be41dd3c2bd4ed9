"""Rules of the ledger: it adds up, holds only numbers, and agrees with the genealogy both ways."""

from traceability.invariants import register

register(
    "I08", "balances-are-the-ledger",
    "For each lot and place, what went in less what went out is what the balance says.",
    """
    WITH flows AS (
      SELECT lot_id, to_bucket AS bucket, to_place AS place, quantity FROM traceability_move
      UNION ALL
      SELECT lot_id, from_bucket, from_place, -quantity FROM traceability_move
      WHERE from_bucket NOT IN ('RECEIVED', 'MADE', 'FOUND')
    ), summed AS (SELECT lot_id, bucket, place, sum(quantity) AS quantity FROM flows GROUP BY 1, 2, 3)
    SELECT coalesce(s.lot_id, b.lot_id), 'lot', l.number, coalesce(s.bucket, b.bucket), coalesce(s.place, b.place),
           'ledger', coalesce(s.quantity, 0), 'balance', coalesce(b.quantity, 0)
    FROM summed s FULL JOIN traceability_lotbalance b
      ON b.lot_id = s.lot_id AND b.bucket = s.bucket AND b.place = s.place
    JOIN traceability_materiallot l ON l.id = coalesce(s.lot_id, b.lot_id)
    WHERE coalesce(s.quantity, 0) <> coalesce(b.quantity, 0)
    """,
)

register(
    "I09", "amounts-are-numbers",
    "No balance is below zero, no amount is NaN or infinite, and every move is above zero.",
    """
    SELECT id, 'balance of lot', lot_id, bucket, quantity FROM traceability_lotbalance
    WHERE NOT (quantity >= 0 AND quantity < 1e12)
    UNION ALL
    SELECT id, 'move of lot', lot_id, to_bucket, quantity FROM traceability_move
    WHERE NOT (quantity > 0 AND quantity < 1e12)
    UNION ALL
    SELECT id, 'link to lot', child_id, operation, quantity FROM traceability_link
    WHERE NOT (quantity > 0 AND quantity < 1e12)
    """,
)

register(
    "I11", "a-serial-is-one-piece-at-one-place",
    "A serial stands at one machine at a time and in at most one bucket.",
    """
    SELECT a.id, 'serial', l.number, 'is at two machines, see visit', b.id
    FROM traceability_visit a
    JOIN traceability_visit b ON b.lot_id = a.lot_id AND b.id > a.id AND b.during && a.during
    JOIN traceability_materiallot l ON l.id = a.lot_id AND l.kind = 'SERIAL'
    UNION ALL
    SELECT l.id, 'serial', l.number, 'is in places:', count(*) FROM traceability_materiallot l
    JOIN traceability_lotbalance b ON b.lot_id = l.id AND b.quantity > 0
    WHERE l.kind = 'SERIAL' GROUP BY l.id HAVING count(*) > 1
    """,
)

register(
    "I12", "numbers-are-given-once",
    "No two lots or serials carry one number, whatever became of them.",
    """
    SELECT min(id), 'number', trim(number), 'is carried by', count(*)
    FROM traceability_materiallot GROUP BY trim(number) HAVING count(*) > 1
    """,
)

register(
    "I16", "every-consumption-is-whole",
    "Each consumption has one move, one record and one link that agree, and none of the three stands alone.",
    """
    SELECT m.id, 'move to CONSUMED without a record' FROM traceability_move m
    LEFT JOIN traceability_materialactual a ON a.move_id = m.id AND a.kind = 'CONSUMED'
    WHERE m.to_bucket = 'CONSUMED' AND a.id IS NULL
    UNION ALL
    SELECT k.id, 'link without a consumption' FROM traceability_link k
    LEFT JOIN traceability_materialactual a ON a.link_id = k.id
    WHERE k.reverses_id IS NULL AND a.id IS NULL
    UNION ALL
    SELECT a.id, 'consumption that disagrees with its move or link' FROM traceability_materialactual a
    LEFT JOIN traceability_move m ON m.id = a.move_id LEFT JOIN traceability_link k ON k.id = a.link_id
    WHERE a.kind = 'CONSUMED' AND (
      m.id IS NULL OR k.id IS NULL OR m.to_bucket <> 'CONSUMED' OR m.lot_id <> a.lot_id OR k.parent_id <> a.lot_id
      OR m.quantity <> a.quantity OR k.quantity <> a.quantity)
    """,
)

register(
    "I17", "nothing-is-made-of-itself",
    "The genealogy has no circle.",
    """
    WITH RECURSIVE suspects AS (
      SELECT DISTINCT k.parent_id AS id FROM traceability_link k
      WHERE EXISTS (SELECT 1 FROM traceability_link u WHERE u.child_id = k.parent_id)
    ), walk(root, id) AS (
      SELECT s.id, k.child_id FROM suspects s JOIN traceability_link k ON k.parent_id = s.id
      UNION
      SELECT w.root, k.child_id FROM walk w JOIN traceability_link k ON k.parent_id = w.id WHERE w.id <> w.root
    )
    SELECT DISTINCT w.root, 'lot', l.number, 'is made of itself'
    FROM walk w JOIN traceability_materiallot l ON l.id = w.root WHERE w.id = w.root
    """,
)

register(
    "I18", "undoing-mirrors-what-it-undoes",
    "A reverse link names the same lots and amount as the link it takes back, and comes after it.",
    """
    SELECT r.id, 'does not mirror link', k.id FROM traceability_link r
    JOIN traceability_link k ON k.id = r.reverses_id
    WHERE (r.parent_id, r.child_id, r.quantity) <> (k.parent_id, k.child_id, k.quantity)
       OR r.at < k.at OR k.reverses_id IS NOT NULL
    """,
)
