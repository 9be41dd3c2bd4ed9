#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the application's role, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE zhizao_app LOGIN PASSWORD :'password';
ALTER ROLE zhizao_app SET lock_timeout = '3s';
ALTER ROLE zhizao_app SET statement_timeout = '15s';
ALTER ROLE zhizao_app SET idle_in_transaction_session_timeout = '8s';
ALTER ROLE zhizao_app SET client_connection_check_interval = '2s';
SQL
