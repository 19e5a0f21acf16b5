"""Which database and which broker a run of the fault tests uses: FAULTS_COMBINATION names one, several or all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tests.faults.proxy import Door
from tests.journeys.site import ROOT

EMBEDDED = "sqlite"
NAMES = (EMBEDDED, "postgres-redis", "postgres-rabbitmq")


def chosen() -> tuple[str, ...]:
    """Return the combinations asked for; all of them where none is."""
    asked = os.environ.get("FAULTS_COMBINATION", "all").split(",")
    found = tuple(name for name in NAMES if name in asked or "all" in asked)
    if not found:
        raise ValueError(f"FAULTS_COMBINATION is one of {', '.join(NAMES)} or all, not {asked}.")
    return found


@dataclass
class Combination:
    """Where the site keeps its rows and its messages, and how to trouble both."""

    name: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    database: Door | None = None
    broker: Door | None = None
    wipe: Callable[[], None] = lambda: None

    @property
    def is_embedded(self) -> bool:
        return self.name == EMBEDDED

    @property
    def queue(self) -> Path:
        return self.folder / "queue" / "messages"

    def lose_broker(self) -> None:
        """Take the broker away, with what is queued in it."""
        if self.broker is not None:
            self.wipe()
            self.broker.shut()
            return
        shutil.rmtree(self.queue, ignore_errors=True)
        self.queue.write_text("no folder: nothing can be queued here")

    def give_broker_back(self) -> None:
        if self.broker is not None:
            self.broker.open()
            return
        self.queue.unlink()
        self.queue.mkdir()


def build(name: str, folder: Path) -> Combination | str:
    """Return the combination, or why this machine cannot have it."""
    if name == EMBEDDED:
        return Combination(name, folder)
    postgres = os.environ.get("BRANCHWISE_TEST_POSTGRES", "")
    broker = os.environ.get("BRANCHWISE_TEST_REDIS" if name.endswith("redis") else "BRANCHWISE_TEST_RABBITMQ", "")
    if not postgres or not broker:
        return f'no server for {name}: eval "$(scripts/test_servers.sh start DIR)" starts them'
    database = Door(_fresh_database(postgres), 5432)
    door = Door(broker, 6379 if name.endswith("redis") else 5672)
    made = Combination(name, folder, {"DATABASE_URL": database.url, "BROKER_URL": door.url}, database, door)
    made.wipe = _redis_wiper(broker) if name.endswith("redis") else _rabbit_wiper(broker)
    return made


def _fresh_database(url: str) -> str:
    """Make a database of this run's own and return its address."""
    import psycopg

    name = f"faults_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def _redis_wiper(url: str) -> Callable[[], None]:
    import redis

    return lambda: bool(redis.Redis.from_url(url).flushall())


def _rabbit_wiper(url: str) -> Callable[[], None]:
    from kombu import Connection

    def wipe() -> None:
        with Connection(url) as connection:
            channel = connection.channel()
            channel.queue_declare("celery", durable=True, auto_delete=False)  # as Celery declares it
            channel.queue_purge("celery")

    return wipe


def servers(folder: Path) -> dict[str, str]:
    """Start throw-away servers where the environment names none; returns what to add to it."""
    if os.environ.get("BRANCHWISE_TEST_POSTGRES") or chosen() == (EMBEDDED,):
        return {}
    done = subprocess.run(
        ["sh", "scripts/test_servers.sh", "start", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    exported = (line.removeprefix("export ") for line in done.stdout.splitlines() if line.startswith("export "))
    return dict(line.split("=", 1) for line in exported)


def stop_servers(folder: Path) -> None:
    subprocess.run(["sh", "scripts/test_servers.sh", "stop", str(folder)], cwd=ROOT, check=False, capture_output=True)
