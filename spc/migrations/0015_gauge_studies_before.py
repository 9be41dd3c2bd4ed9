"""Studies made before there were kinds: closed is concluded, by whom is told by the journal, and parts get their rows."""

from django.db import migrations

CONCLUDED = """
UPDATE spc_study AS s SET status = 'CONCLUDED', concluded_by_id = coalesce(
  (SELECT p.id FROM plant_journalentry j JOIN plant_person p ON p.number = j.actor
   WHERE j.kind = 'study.closed' AND j.subject_kind = 'study' AND j.subject_id = s.id::text ORDER BY j.id DESC LIMIT 1),
  s.designed_by_id)
WHERE s.status = 'CLOSED'
"""
PARTS = """
INSERT INTO spc_studypart (study_id, number, label, standard)
SELECT s.id, n, '', '' FROM spc_study s, generate_series(1, s.parts) n
"""


class Migration(migrations.Migration):
    dependencies = [("spc", "0014_every_gauge_study"), ("plant", "0002_record_book")]
    operations = [
        migrations.RunSQL(CONCLUDED, migrations.RunSQL.noop),
        migrations.RunSQL(PARTS, migrations.RunSQL.noop),
    ]
