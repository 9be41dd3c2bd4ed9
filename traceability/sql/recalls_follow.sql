-- Whatever is made of a lot of a declared recall belongs to the recall too, in the transaction that writes the link.
-- The gate of links has locked both lots, so of two links at once the second sees what the first let in.

CREATE FUNCTION zz_recall_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM traceability_recalledlot c JOIN traceability_recallnotice n ON n.id = c.notice_id
    WHERE c.lot_id = NEW.parent_id AND n.since_at IS NOT NULL AND n.until_at IS NULL
  ) THEN
    RETURN NULL;
  END IF;
  WITH RECURSIVE down(notice_id, lot_id, is_exact) AS (
    SELECT c.notice_id, NEW.child_id, c.certainty = 'EXACT' AND NEW.certainty = 'EXACT'
    FROM traceability_recalledlot c JOIN traceability_recallnotice n ON n.id = c.notice_id
    WHERE c.lot_id = NEW.parent_id AND n.since_at IS NOT NULL AND n.until_at IS NULL
    UNION
    SELECT d.notice_id, l.child_id, d.is_exact AND l.certainty = 'EXACT'
    FROM down d JOIN traceability_link l ON l.parent_id = d.lot_id
    WHERE l.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM traceability_link r WHERE r.reverses_id = l.id)
  )
  INSERT INTO traceability_recalledlot (notice_id, lot_id, certainty, came_at)
  SELECT notice_id, lot_id, CASE WHEN bool_or(is_exact) THEN 'EXACT' ELSE 'POSSIBLE' END, clock_timestamp()
  FROM down GROUP BY notice_id, lot_id ORDER BY notice_id, lot_id
  ON CONFLICT (notice_id, lot_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_recall_follows AFTER INSERT ON traceability_link
  FOR EACH ROW WHEN (NEW.reverses_id IS NULL) EXECUTE FUNCTION zz_recall_follows();
