-- The way of a lot through its routing, as mes/ways.py has it: stages in their order, and within a group of operations in
-- any order the lot's own turns. Whoever writes SQL, pieces go on only by what is done, passed over with a reason, or
-- brought back to where rework may enter.

ALTER TABLE mes_segment ADD CONSTRAINT segment_group_of_its_routing
  FOREIGN KEY (work_master_id, "group") REFERENCES mes_segmentgroup (work_master_id, code);

-- Operations of a routing with their stage and the lot's turn in it.
CREATE FUNCTION zz_way(p_lot bigint, p_master bigint)
RETURNS TABLE (code text, kind text, "group" text, stage int, turn int, is_optional boolean, is_entry boolean)
LANGUAGE sql STABLE AS $$
  SELECT s.code::text, g.kind::text, s."group"::text,
    min(s.sequence) OVER (PARTITION BY coalesce('g' || s."group", 'o' || s.code)),
    (row_number() OVER (PARTITION BY coalesce('g' || s."group", 'o' || s.code)
       ORDER BY array_position(w.turns, s.code::text) NULLS LAST, s.sequence))::int, s.is_optional, s.rework_entry
  FROM mes_segment s
  LEFT JOIN mes_segmentgroup g ON g.work_master_id = s.work_master_id AND g.code = s."group"
  LEFT JOIN LATERAL (
    SELECT ARRAY(SELECT jsonb_array_elements_text(x.turns)) AS turns FROM mes_lotway x
    WHERE x.lot_id = p_lot AND x."group" = s."group" AND s."group" IS NOT NULL) w ON true
  WHERE s.work_master_id = p_master
$$;

-- Where pieces go that are done at an operation; nothing after the last.
CREATE FUNCTION zz_after(p_lot bigint, p_master bigint, p_code text) RETURNS text LANGUAGE sql STABLE AS $$
  WITH way AS MATERIALIZED (SELECT * FROM zz_way(p_lot, p_master)), here AS (SELECT * FROM way WHERE code = p_code)
  SELECT way.code FROM way, here
  WHERE way.stage > here.stage OR way.stage = here.stage AND way.turn > here.turn AND here.kind = 'PARALLEL'
  ORDER BY way.stage, way.turn LIMIT 1
$$;

-- The routing that a lot of an open work order follows.
CREATE FUNCTION zz_routing_of(p_lot bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT j.work_master_id FROM traceability_materiallot l JOIN mes_joborder j ON j.number = l.job_order
  WHERE l.id = p_lot AND j.status NOT IN ('COMPLETED', 'CANCELLED')
$$;

CREATE FUNCTION zz_off_the_way(p_lot bigint, p_words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lot %: %', (SELECT number FROM traceability_materiallot WHERE id = p_lot), p_words
    USING ERRCODE = 'check_violation', CONSTRAINT = 'route_order';
END $$;

-- What an operation produced goes to the next one, and into stock only from the last.
CREATE FUNCTION zz_produced_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  master bigint := zz_routing_of(NEW.lot_id);
  went traceability_move;
BEGIN
  SELECT * INTO went FROM traceability_move WHERE id = NEW.move_id;
  IF master IS NULL OR went.from_bucket <> 'WIP' THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT 1 FROM mes_segment WHERE work_master_id = master AND code = went.from_place) THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('its routing has no operation %s', went.from_place));
  END IF;
  IF coalesce(zz_after(NEW.lot_id, master, went.from_place), '')
     <> (CASE went.to_bucket WHEN 'WIP' THEN went.to_place ELSE '' END) THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('%s does not follow %s', coalesce(nullif(went.to_place, ''), went.to_bucket),
      went.from_place));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_goes_on AFTER INSERT ON traceability_materialactual FOR EACH ROW WHEN (NEW.kind = 'PRODUCED')
  EXECUTE FUNCTION zz_produced_goes_on();

-- A step without a report: passed over is what may be, with a reason; taken is within the group, whole, and unbegun; an
-- added operation is one that pieces are brought back to.
CREATE FUNCTION zz_step_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  went traceability_move;
  master bigint;
  here record;
  there record;
BEGIN
  SELECT * INTO went FROM traceability_move WHERE id = NEW.move_id;
  master := zz_routing_of(went.lot_id);
  IF master IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO here FROM zz_way(went.lot_id, master) WHERE code = went.from_place;
  SELECT * INTO there FROM zz_way(went.lot_id, master) WHERE code = went.to_place;
  IF NEW.kind = 'ADDED' THEN
    IF went.from_bucket <> 'WIP' OR there.stage IS NULL OR there.stage >= here.stage
      OR NOT EXISTS (SELECT 1 FROM mes_workmaster WHERE id = master AND based_on_id IS NOT NULL) THEN
      PERFORM zz_off_the_way(went.lot_id, format('%s was not added before %s', went.to_place, went.from_place));
    END IF;
    RETURN NULL;
  END IF;
  IF went.from_bucket <> 'WIP' OR went.to_bucket <> 'WIP' OR here.code IS NULL OR there.code IS NULL OR EXISTS (
      SELECT 1 FROM traceability_visit v WHERE v.lot_id = went.lot_id AND v.operation = here.code AND upper_inf(v.during))
  THEN
    PERFORM zz_off_the_way(went.lot_id, format('is at work at %s', went.from_place));
  ELSIF NEW.kind = 'PASSED' THEN
    IF NOT here.is_optional OR went.reason = '' OR zz_after(went.lot_id, master, here.code) IS DISTINCT FROM there.code THEN
      PERFORM zz_off_the_way(went.lot_id, format('%s can not be passed over so', here.code));
    END IF;
  ELSIF here."group" IS DISTINCT FROM there."group" OR here."group" IS NULL OR here.turn < there.turn OR NOT EXISTS (
      SELECT 1 FROM mes_lotway x WHERE x.lot_id = went.lot_id AND x."group" = here."group" AND x.since = went.id) OR EXISTS (
      SELECT 1 FROM traceability_lotbalance b JOIN zz_way(went.lot_id, master) w ON w.code = b.place
      WHERE b.lot_id = went.lot_id AND b.bucket = 'WIP' AND b.quantity > 0 AND w."group" = here."group"
        AND w.turn > there.turn) THEN
    PERFORM zz_off_the_way(went.lot_id, format('%s is not open to it', there.code));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_allowed AFTER INSERT ON mes_routestep FOR EACH ROW EXECUTE FUNCTION zz_step_is_allowed();

-- Whether an operation is of the first stage; what is no operation of the routing has no way to keep.
CREATE FUNCTION zz_is_first(p_master bigint, p_code text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT s.sequence = low.sequence OR coalesce(s."group" = low."group", false)
    FROM mes_segment s, (SELECT sequence, "group" FROM mes_segment WHERE work_master_id = p_master ORDER BY sequence LIMIT 1) low
    WHERE s.work_master_id = p_master AND s.code = p_code), true)
$$;

-- Where the pieces of a lot that was split off stood in the lot that they were split from; no row for any other lot.
CREATE FUNCTION zz_split_of(p_lot bigint) RETURNS TABLE (bucket text, place text, lot bigint) LANGUAGE sql STABLE AS $$
  SELECT m.from_bucket::text, m.from_place::text, m.lot_id
  FROM traceability_link k JOIN traceability_materialactual a ON a.link_id = k.id
  JOIN traceability_move m ON m.id = a.move_id JOIN traceability_materiallot p ON p.id = k.parent_id
  JOIN traceability_materiallot c ON c.id = k.child_id AND c.material_id = p.material_id
  WHERE k.child_id = p_lot ORDER BY k.id LIMIT 1
$$;

-- A lot begins with the first stage. Pieces that come back, or are split off, get a way that fits: alternatives are open
-- again, and of operations in any order the one that they came back to is the only one left.
CREATE FUNCTION zz_way_is_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  master bigint := zz_routing_of(NEW.lot_id);
  here record;
  was record;
  origin record;
BEGIN
  IF master IS NULL OR NEW.from_bucket <> 'MADE'
    AND NOT EXISTS (SELECT 1 FROM mes_segmentgroup WHERE work_master_id = master) THEN RETURN NULL; END IF;
  IF NEW.from_bucket = 'MADE' THEN
    SELECT * INTO origin FROM zz_split_of(NEW.lot_id);
    IF origin.lot IS NULL THEN
      IF NOT zz_is_first(master, NEW.to_place) THEN
        PERFORM zz_off_the_way(NEW.lot_id, format('can not begin at %s', NEW.to_place));
      END IF;
      RETURN NULL;  -- made of nothing, as a release makes a thousand at once
    END IF;
  ELSE
    SELECT NEW.from_bucket::text AS bucket, NEW.from_place::text AS place, NEW.lot_id AS lot INTO origin;
  END IF;
  SELECT * INTO here FROM zz_way(NEW.lot_id, master) WHERE code = NEW.to_place;
  IF here.code IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO was FROM zz_way(origin.lot, master) WHERE code = origin.place AND origin.bucket = 'WIP';
  IF was.stage = here.stage AND was.kind = 'PARALLEL' THEN
    IF origin.lot <> NEW.lot_id THEN
      INSERT INTO mes_lotway (lot_id, "group", turns, since)
        SELECT NEW.lot_id, "group", turns, NEW.id FROM mes_lotway WHERE lot_id = origin.lot AND "group" = here."group";
    END IF;
    RETURN NULL;
  END IF;
  IF was.stage < here.stage OR was.stage = here.stage AND origin.lot = NEW.lot_id THEN RETURN NULL; END IF;
  DELETE FROM mes_lotway w USING mes_segmentgroup g
    WHERE w.lot_id = NEW.lot_id AND g.work_master_id = master AND g.code = w."group" AND g.kind = 'ALTERNATIVE'
      AND (SELECT min(stage) FROM zz_way(NEW.lot_id, master) x WHERE x."group" = w."group") >= here.stage
      AND NOT EXISTS (SELECT 1 FROM traceability_lotbalance b JOIN mes_segment s ON s.work_master_id = master
        AND s.code = b.place AND s."group" = w."group"
        WHERE b.lot_id = NEW.lot_id AND b.bucket = 'WIP' AND b.quantity > 0 AND b.place <> NEW.to_place);
  IF here.kind = 'PARALLEL' AND NOT EXISTS (
      SELECT 1 FROM traceability_lotbalance b JOIN zz_way(NEW.lot_id, master) w ON w.code = b.place
      WHERE b.lot_id = NEW.lot_id AND b.bucket = 'WIP' AND b.quantity > 0 AND w."group" = here."group"
        AND w.code <> here.code) THEN
    INSERT INTO mes_lotway (lot_id, "group", turns, since)
      SELECT NEW.lot_id, here."group", to_jsonb(array_agg(w.code ORDER BY w.code = here.code, w.turn)), NEW.id
      FROM zz_way(NEW.lot_id, master) w WHERE w."group" = here."group"
      ON CONFLICT (lot_id, "group") DO UPDATE SET turns = excluded.turns, since = excluded.since;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_way_is_opened AFTER INSERT ON traceability_move FOR EACH ROW WHEN (NEW.to_bucket = 'WIP')
  EXECUTE FUNCTION zz_way_is_opened();

-- Any other move that brings pieces to an operation, or out of process into stock: only the beginning, or a return.
CREATE FUNCTION zz_route_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  master bigint := zz_routing_of(NEW.lot_id);
  here record;
  was record;
  origin record;
BEGIN
  IF master IS NULL OR EXISTS (SELECT 1 FROM mes_routestep WHERE move_id = NEW.id)
    OR EXISTS (SELECT 1 FROM traceability_materialactual WHERE move_id = NEW.id) THEN RETURN NULL; END IF;
  IF NEW.to_bucket = 'STOCK' THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('left %s without being done there', NEW.from_place));
  END IF;
  IF NEW.from_bucket = 'MADE' THEN
    SELECT * INTO origin FROM zz_split_of(NEW.lot_id);
    IF origin.lot IS NULL THEN RETURN NULL; END IF;
  ELSE
    SELECT NEW.from_bucket::text AS bucket, NEW.from_place::text AS place, NEW.lot_id AS lot INTO origin;
  END IF;
  SELECT * INTO here FROM zz_way(0, master) WHERE code = NEW.to_place;
  SELECT * INTO was FROM zz_way(0, master) WHERE code = origin.place AND origin.bucket = 'WIP';
  IF here.code IS NULL OR origin.bucket IS NULL OR was.code IS DISTINCT FROM here.code AND NOT (
      here.is_entry AND (origin.bucket <> 'WIP' OR was.stage > here.stage)) THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('can not come to %s from %s', NEW.to_place,
      coalesce(nullif(origin.place, ''), origin.bucket)));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER zz_route_is_kept AFTER INSERT ON traceability_move DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.to_bucket = 'WIP' OR NEW.from_bucket = 'WIP' AND NEW.to_bucket = 'STOCK')
  EXECUTE FUNCTION zz_route_is_kept();

-- In a group work begins only where pieces stand, and at an alternative only where no other one was chosen.
CREATE FUNCTION zz_begins_where_it_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kind_now text;
  group_now text;
BEGIN
  SELECT g.kind, g.code INTO kind_now, group_now
    FROM traceability_materiallot l JOIN mes_joborder j ON j.number = l.job_order
    JOIN mes_segment s ON s.work_master_id = j.work_master_id AND s.code = NEW.operation
    JOIN mes_segmentgroup g ON g.work_master_id = s.work_master_id AND g.code = s."group"
    WHERE l.id = NEW.lot_id AND l.job_order = NEW.job_order AND j.status NOT IN ('COMPLETED', 'CANCELLED');
  IF kind_now IS NULL THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT 1 FROM traceability_lotbalance b WHERE b.lot_id = NEW.lot_id AND b.bucket = 'WIP'
                 AND b.place = NEW.operation AND b.quantity > 0) THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('does not stand at %s', NEW.operation));
  END IF;
  IF kind_now = 'ALTERNATIVE' AND NOT EXISTS (SELECT 1 FROM mes_lotway w WHERE w.lot_id = NEW.lot_id
      AND w."group" = group_now AND w.turns ->> 0 = NEW.operation) THEN
    PERFORM zz_off_the_way(NEW.lot_id, format('has not chosen %s', NEW.operation));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_begins AFTER INSERT ON traceability_visit FOR EACH ROW
  WHEN (NEW.job_order <> '' AND NEW.operation <> '' AND upper_inf(NEW.during)) EXECUTE FUNCTION zz_begins_where_it_stands();

-- A way changes only so that nothing counts as done which is not; the triggers above know what they do.
CREATE FUNCTION zz_way_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_now mes_lotway;
  master bigint;
  kind_now text;
  old_turns text[];
  new_turns text[];
BEGIN
  IF TG_OP = 'DELETE' THEN row_now := OLD; ELSE row_now := NEW; END IF;
  master := zz_routing_of(row_now.lot_id);
  SELECT kind INTO kind_now FROM mes_segmentgroup WHERE work_master_id = master AND code = row_now."group";
  IF pg_trigger_depth() > 1 OR kind_now IS NULL THEN RETURN row_now; END IF;
  IF kind_now = 'ALTERNATIVE' THEN
    IF TG_OP = 'UPDATE' OR TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM traceability_lotbalance b JOIN mes_segment s ON s.work_master_id = master AND s.code = b.place
        WHERE b.lot_id = OLD.lot_id AND b.bucket = 'WIP' AND b.quantity > 0 AND s."group" = OLD."group") AND (EXISTS (
        SELECT 1 FROM traceability_visit v WHERE v.lot_id = OLD.lot_id AND v.operation = OLD.turns ->> 0 AND upper_inf(v.during))
      OR EXISTS (SELECT 1 FROM traceability_materialactual a WHERE a.lot_id = OLD.lot_id AND a.kind = 'PRODUCED'
        AND a.operation = OLD.turns ->> 0 AND a.move_id > OLD.since)) THEN
      PERFORM zz_off_the_way(OLD.lot_id, format('has chosen %s', OLD.turns ->> 0));
    END IF;
    RETURN row_now;
  END IF;
  SELECT array_agg(code ORDER BY turn) INTO old_turns FROM zz_way(row_now.lot_id, master) WHERE "group" = row_now."group";
  new_turns := CASE WHEN TG_OP = 'DELETE' THEN
      (SELECT array_agg(code ORDER BY turn) FROM zz_way(0, master) WHERE "group" = row_now."group")
    ELSE (SELECT array_agg(code ORDER BY array_position(ARRAY(SELECT jsonb_array_elements_text(NEW.turns)), code)
            NULLS LAST, turn) FROM zz_way(0, master) WHERE "group" = row_now."group") END;
  IF EXISTS (
    SELECT 1 FROM traceability_lotbalance b
    WHERE b.lot_id = row_now.lot_id AND b.bucket = 'WIP' AND b.quantity > 0 AND b.place = ANY (old_turns)
      AND NOT new_turns[1:array_position(new_turns, b.place::text)] <@ old_turns[1:array_position(old_turns, b.place::text)]) THEN
    PERFORM zz_off_the_way(row_now.lot_id, 'has not done what would stand before it');
  END IF;
  RETURN row_now;
END $$;
CREATE TRIGGER zz_changes BEFORE INSERT OR UPDATE OR DELETE ON mes_lotway FOR EACH ROW EXECUTE FUNCTION zz_way_changes();

-- A routing comes into effect with groups that hold.
CREATE FUNCTION zz_groups_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong text;
BEGIN
  SELECT g.code INTO wrong FROM mes_segmentgroup g
    LEFT JOIN LATERAL (
      SELECT count(*) AS members, count(*) FILTER (WHERE s.is_optional) AS optional, min(s.sequence) AS low, max(s.sequence) AS high
      FROM mes_segment s WHERE s.work_master_id = g.work_master_id AND s."group" = g.code) m ON true
    WHERE g.work_master_id = NEW.id AND (m.members < 2 OR g.kind = 'ALTERNATIVE' AND m.optional NOT IN (0, m.members)
      OR EXISTS (SELECT 1 FROM mes_segment o WHERE o.work_master_id = g.work_master_id
        AND o.sequence BETWEEN m.low AND m.high AND o."group" IS DISTINCT FROM g.code)) LIMIT 1;
  IF wrong IS NULL THEN
    SELECT code INTO wrong FROM mes_segment s WHERE work_master_id = NEW.id AND (s."group" IS NOT NULL OR s.is_optional)
      AND sequence = (SELECT max(sequence) FROM mes_segment WHERE work_master_id = NEW.id);
  END IF;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'routing %: % can not stand so', NEW.code, wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'groups_hold';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_groups_hold AFTER UPDATE OF status ON mes_workmaster FOR EACH ROW
  WHEN (NEW.status = 'EFFECTIVE' AND OLD.status <> 'EFFECTIVE') EXECUTE FUNCTION zz_groups_hold();
