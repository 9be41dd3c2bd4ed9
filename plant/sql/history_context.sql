-- Row history asks for its context once a row. Asking without an exception block spares a subtransaction each time:
-- thousands of them in one transaction made every row slower than the one before.

CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql AS $$
DECLARE
  context_id uuid := nullif(current_setting('pghistory.context_id', true), '');
  told jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
  IF context_id IS NULL OR told IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (context_id, told, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
      WHERE pghistory_context.metadata <> EXCLUDED.metadata;
  RETURN context_id;
END $$;
