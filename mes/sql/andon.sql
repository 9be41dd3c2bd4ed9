-- The usual buttons of a station; an administrator changes them in the console.

INSERT INTO mes_andonkind
  (code, name, name_zh, about, owner_role, respond_minutes, close_minutes, stops_machine, position, active) VALUES
  ('MATERIAL', 'Material', '物料', 'MATERIAL', 'WAREHOUSE', 10, 60, false, 10, true),
  ('QUALITY', 'Quality', '质量', 'QUALITY', 'INSPECTOR', 5, 60, false, 20, true),
  ('MACHINE', 'Machine', '设备', 'MACHINE', 'MAINTENANCE', 5, 120, true, 30, true),
  ('HELP', 'Help', '求助', 'HELP', 'TEAM_LEADER', 5, 60, false, 40, true),
  ('SAFETY', 'Safety', '安全', 'SAFETY', 'TEAM_LEADER', 2, 30, true, 50, true);
