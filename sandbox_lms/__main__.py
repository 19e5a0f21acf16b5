"""The command line: `python -m sandbox_lms migrate|serve|reset|seed`."""

import argparse
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_lms.settings")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    import django

    django.setup()
    commands = {"migrate": migrate, "seed": seed, "reset": reset, "sign-ins": print_sign_ins}
    if options.command == "serve":
        return serve(options.host, options.port)
    commands[options.command]()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox_lms", description="An LMS in a box.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="make or bring up to date the database")
    commands.add_parser("seed", help="make the LMSs, courses and people that are missing")
    commands.add_parser("reset", help="throw everything away and seed again")
    commands.add_parser("sign-ins", help="print the generated passwords")
    server = commands.add_parser("serve", help="bring the database up to date, seed it when empty, serve")
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--port", type=int, default=9200, help="0 takes a free one and prints it")
    return parser


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def seed() -> None:
    from sandbox_lms.seed import seed_all

    migrate()
    seed_all()


def reset() -> None:
    from sandbox_lms.models import Lms

    migrate()
    Lms.objects.all().delete()
    seed()


def print_sign_ins() -> None:
    from sandbox_lms.seed import sign_ins

    for lms, people in sign_ins().items():
        for username, password in people.items():
            print(f"{lms:12} {username:10} {password}")


def serve(host: str, port: int) -> int:
    """Serve until stopped. With port 0 and no SANDBOX_URL the own URL is made of the port that was free."""
    from django.conf import settings

    from sandbox_lms.models import Lms
    from sandbox_lms.seed import seed_all
    from sandbox_lms.server import make_server
    from sandbox_lms.wsgi import application

    server = make_server(host, port, application)
    if "SANDBOX_URL" not in os.environ:
        settings.SANDBOX_URL = f"http://{host}:{server.server_port}"
        settings.CSRF_TRUSTED_ORIGINS = [settings.SANDBOX_URL]
    migrate()
    if not Lms.objects.exists():
        seed_all()
    print(f"Sandbox LMS: {settings.SANDBOX_URL}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
