"""Real servers: killed ones come back with their data, named ones are used as they are."""

import os
import shutil
import signal

import psycopg2
import pytest
import redis

from ops import accounts, postgres, servers
from ops.console import Failure
from ops.paths import Var
from ops.ports import PortBook
from ops.supervisor import Supervisor


@pytest.fixture
def house(tmp_path):
    supervisor = Supervisor(Var(tmp_path))
    try:
        yield supervisor, servers.start(supervisor, PortBook(tmp_path / "ports.json"), {})
    finally:
        supervisor.stop()
        shutil.rmtree(accounts.outside(supervisor.var), ignore_errors=True)


def kill(supervisor: Supervisor, name: str) -> None:
    victim = next(child for child in supervisor.children if child.name == name)
    before = victim.pid
    os.kill(before, signal.SIGKILL)
    supervisor.wait_until(lambda: victim.pid not in (None, before), what=name, seconds=20)


def answers(connect) -> bool:
    try:
        connect()
    except (psycopg2.OperationalError, redis.RedisError):
        return False
    return True


def ask(url: str, sql: str) -> list[tuple]:
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def test_killed_postgres_returns_with_its_data(house):
    supervisor, urls = house
    ask(urls.owner, "CREATE TABLE fact AS SELECT 42 AS answer")

    kill(supervisor, "postgres")
    supervisor.wait_until(lambda: answers(lambda: ask(urls.owner, "SELECT 1")), what="postgres", seconds=30)

    assert ask(urls.owner, "SELECT answer FROM fact") == [(42,)]


def test_killed_redis_returns_with_its_data(house):
    supervisor, urls = house
    client = redis.Redis.from_url(urls.redis)
    client.set("fact", "42")
    client.execute_command("WAITAOF", 1, 0, 2000)

    kill(supervisor, "redis")
    supervisor.wait_until(lambda: answers(client.ping), what="redis", seconds=30)

    assert client.get("fact") == b"42"


def test_application_role_is_held_to_short_locks_and_owns_nothing(house):
    _, urls = house

    assert ask(urls.app, "SHOW lock_timeout") == [("3s",)]
    assert ask(urls.app, "SHOW statement_timeout") == [("15s",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(urls.app, "CREATE TABLE mine (x int)")


def test_named_servers_are_used_as_they_are(tmp_path):
    supervisor = Supervisor(Var(tmp_path))
    owner, app, redis_url = "postgres://boss@db/x", "postgres://app@db/x", "redis://r"
    named = {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "REDIS_URL": redis_url}

    urls = servers.start(supervisor, PortBook(tmp_path / "ports.json"), named)

    assert urls == servers.Urls(owner=owner, app=app, redis=redis_url, embedded=False)
    assert supervisor.children == []


def test_a_cluster_without_its_passwords_is_set_aside_and_kept(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("18")

    postgres.set_aside(tmp_path / "data")

    assert not (tmp_path / "data").exists()
    assert [path.read_text() for path in tmp_path.glob("data-*/PG_VERSION")] == ["18"]


def test_a_cluster_of_another_version_is_refused(tmp_path):
    (tmp_path / "PG_VERSION").write_text("9")

    with pytest.raises(Failure, match="was made by PostgreSQL 9"):
        postgres.refuse_other_version(postgres.Programs(postgres.installation()), tmp_path)
