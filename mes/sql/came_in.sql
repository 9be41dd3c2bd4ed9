-- A report says how it came in (traceability/sql/came_in.sql).
CREATE TRIGGER zz_came_in BEFORE INSERT ON mes_jobresponse FOR EACH ROW EXECUTE FUNCTION zz_came_in();
