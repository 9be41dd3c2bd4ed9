"""The demonstration plant: servers, tables, story, processes, and the address to open."""

import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping

from ops import install, leftovers, postgres, processes, servers
from ops.children import Child
from ops.console import Failure, say, step
from ops.paths import Var
from ops.ports import PortBook, answers
from ops.processes import Ports
from ops.servers import Urls
from ops.supervisor import Supervisor, merge_json, supervising

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PREFERRED = Ports(web=8000, live=8001, plc_a=15020, plc_b=15021, bench=15022)


def run(var: Var, *, host: str) -> int:
    """Bring the plant up and keep it up until Ctrl-C or SIGTERM."""
    try:
        with supervising(var) as supervisor:
            bring_up(supervisor, host)
            supervisor.run_forever()
    except KeyboardInterrupt:
        say("stopped")
    return 0


def bring_up(supervisor: Supervisor, host: str) -> None:
    """Servers, tables, story, processes; then say where to look."""
    var, book = supervisor.var, PortBook(supervisor.var.root / "ports.json")
    say(f"Zhizao 质造 is coming up; data and logs: {var.root}")
    urls = servers.start(supervisor, book, os.environ)
    ports = choose_ports(book)
    env = environment(var, urls, ports, host)
    prepare(var, urls, env)
    supervisor.changed = lambda pids: merge_json(var.demo_json, pids=pids)
    with step("processes"):
        start(supervisor, processes.all_of(var, ports, host=host, env=env), ports, book)
    url = f"http://{public_name(host)}:{ports.web}"
    merge_json(var.demo_json, url=url, pids=supervisor.pids(), supervisor=os.getpid())
    announce(var, url)


def choose_ports(book: PortBook) -> Ports:
    """The usual ports, or free ones (and say so); kept until their processes start."""
    chosen = Ports(**{name: book.choose(name, wish) for name, wish in vars(PREFERRED).items()})
    for name, wish in vars(PREFERRED).items():
        book.keep(getattr(chosen, name))
        if (port := getattr(chosen, name)) != wish:
            say(f"  port {port} for {name} ({wish} is taken)")
    return chosen


def environment(var: Var, urls: Urls, ports: Ports, host: str) -> dict[str, str]:
    """What every process is told; the application's role, never the owner of the tables."""
    name = public_name(host)
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": urls.app, "REDIS_URL": urls.redis,
        "SECRET_KEY": var.secret("secret_key"), "PIN_PEPPER": var.secret("pin_pepper"), "DEMO": "1",
        "PORT": str(ports.web), "LIVE_PORT": str(ports.live), "LIVE_URL": f"ws://{name}:{ports.live}",
        "PLC_A_PORT": str(ports.plc_a), "PLC_B_PORT": str(ports.plc_b), "PLC_BENCH_PORT": str(ports.bench),
        "ZHIZAO_VAR": str(var.root),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS", ",".join({*LOOPBACK, name, socket.gethostname()})),
        "PYTHONUNBUFFERED": "1",
    }
    return dict(os.environ) | own | leftovers.mark(var)


def public_name(host: str) -> str:
    """The name under which browsers reach this machine."""
    return host if host not in ANYWHERE else socket.gethostname()


def prepare(var: Var, urls: Urls, env: Mapping[str, str]) -> None:
    """Tables as their owner, rights for the application, and the story of the demonstration plant."""
    as_owner = dict(env) | {"DATABASE_URL": urls.owner}
    install.collect_static(var.root, as_owner)
    with step("tables"):
        install.manage("migrate", "--noinput", "-v0", env=as_owner)
        if urls.embedded:
            install.manage("grant_app_role", "--role", postgres.APP, env=as_owner)
        elif urls.owner == urls.app:
            say("  one database role for all: set DATABASE_OWNER_URL too, and the journal is safe from the application")
    with step("demonstration plant"):
        install.manage("seed_demo", env=as_owner)


def start(supervisor: Supervisor, children: list[Child], ports: Ports, book: PortBook) -> None:
    """Start everything; wait until controllers answer and the plant says that it is ready."""
    listening = {"plc": (ports.plc_a, ports.plc_b, ports.bench), "web": (ports.web,), "live": (ports.live,)}
    for child in children:
        book.let_go(*listening.get(child.name, ()))
        supervisor.add(child)
        if child.name == "plc":
            for port in (ports.plc_a, ports.plc_b):
                supervisor.wait_until(lambda port=port: answers(port), what="the PLC simulator", seconds=60)
    supervisor.wait_until(lambda: answers(ports.live), what="the live server", seconds=90)
    try:
        supervisor.wait_until(lambda: readiness(ports.web) == "ok", what="the plant", seconds=180, pause=0.5)
    except Failure as failure:
        raise Failure(f"{failure}; GET /readyz said: {readiness(ports.web)}") from failure


def readiness(port: int) -> str:
    """What GET /readyz says: ok, or what it is that is not."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return "ok" if answer.status == 200 else str(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.read(1000).decode(errors="replace")
    except OSError as error:
        return str(error)


def announce(var: Var, url: str) -> None:
    """The address and the logins, for the person who started it."""
    facts = json.loads(var.demo_json.read_text(encoding="utf-8"))
    say(f"\nReady: {url}\n")
    for login in facts.get("logins", []):
        say("  " + "  ".join(f"{name} {value}" for name, value in login.items()))
    say(f"\nMore in {var.demo_json}; logs in {var.log}. Stop with Ctrl-C.")
