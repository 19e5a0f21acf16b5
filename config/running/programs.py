"""Which programs make up the site, and the supervisor file that runs them."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    url: str = ""
    says: str = ""
    port: int = 0
    port_variable: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def list_programs(*, with_worker: bool = True) -> list[Program]:
    """Return the programs of this site, as the settings have it."""
    programs = [_web()]
    if with_worker:
        programs.append(_worker())
    if settings.DEMO:
        programs.append(_sandbox())
    return programs


def supervisor_file(programs: list[Program]) -> str:
    """Return the text of the supervisor's configuration."""
    run, logs = settings.VAR_DIR / "run", settings.VAR_DIR / "logs"
    lines = [
        "; Written by `manage.py serve` at each start; changes here are lost.",
        "[supervisord]",
        f"pidfile={_escaped(run / 'supervisord.pid')}",
        f"logfile={_escaped(logs / 'supervisord.log')}",
        f"directory={_escaped(settings.BASE_DIR)}",
        "logfile_maxbytes=5MB",
        "logfile_backups=1",
    ]
    if os.getuid() == 0:
        lines.append("user=root")  # said aloud, else it warns at each start
    for program in programs:
        lines += _section(program, logs)
    return "\n".join(lines) + "\n"


def sandbox_environment() -> dict[str, str]:
    """Return what the sandbox LMS is told: it shares nothing with the site but the addresses."""
    return {
        "DJANGO_SETTINGS_MODULE": "sandbox_lms.settings",
        "SANDBOX_VAR": str(settings.VAR_DIR / "sandbox"),
        "SANDBOX_URL": settings.SANDBOX_URL,
        "SANDBOX_TOOL_URL": settings.PUBLIC_URL,
    }


def _section(program: Program, logs: Path) -> list[str]:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in program.environment.items())
    return [
        "",
        f"[program:{program.name}]",
        f"command={_escaped(shlex.join(program.command))}",
        f"stdout_logfile={_escaped(logs / f'{program.name}.log')}",
        "redirect_stderr=true",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=3",
        "autorestart=true",
        "startretries=10",
        "stopwaitsecs=30",
        "stopasgroup=true",
        "killasgroup=true",
        *([f"environment={told}"] if told else []),
    ]


def _web() -> Program:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
    command += ["--host", settings.BIND, "--port", str(settings.PORT), "--no-ws"]
    command += ["--workers", str(settings.WEB_PROCESSES), "--blocking-threads", str(settings.WEB_THREADS)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "20"]
    return Program("web", tuple(command), settings.PUBLIC_URL, "the site", settings.PORT, "BRANCHWISE_PORT")


def _worker() -> Program:
    # Celery's own pool only takes wake-up messages: the threads that work are foundation.worker's.
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "threads", "-c", "1"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]
    return Program("worker", tuple(command), says="grades, judgements, imports")


def _sandbox() -> Program:
    command = [sys.executable, "-m", "sandbox_lms", "serve"]
    command += ["--host", "127.0.0.1", "--port", str(settings.SANDBOX_PORT)]
    return Program(
        "sandbox",
        tuple(command),
        settings.SANDBOX_URL,
        "an LMS in a box",
        settings.SANDBOX_PORT,
        "SANDBOX_PORT",
        sandbox_environment(),
    )


def _escaped(text: object) -> str:
    """A percent sign starts an expression in the supervisor's file."""
    return str(text).replace("%", "%%")
