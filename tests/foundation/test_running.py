"""Running the site: what the supervisor is told, busy ports, the demo's people."""

from __future__ import annotations

import configparser
import json
import socket
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config import demo
from config.running import supervisor
from config.running.programs import Program, list_programs, supervisor_file
from foundation.api import Membership, Organisation, Role, User


@pytest.fixture
def var(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    settings.SECRETS_DIR = tmp_path / "secrets"
    return tmp_path


def test_web_and_worker_always_run_and_the_sandbox_in_the_demo_alone(settings: Settings) -> None:
    settings.DEMO = False
    assert [program.name for program in list_programs()] == ["web", "worker"]
    assert [program.name for program in list_programs(with_worker=False)] == ["web"]
    settings.DEMO = True
    assert [program.name for program in list_programs()][:2] == ["web", "worker"]


def test_the_supervisor_s_file_can_be_read_and_percent_signs_mean_themselves(var: Path) -> None:
    program = Program("web", ("python", "-c", "100%"), environment={"URL": "http://x/%20"})
    parsed = configparser.RawConfigParser()
    parsed.read_string(supervisor_file([program]))
    assert parsed["supervisord"]["pidfile"] == str(var / "run" / "supervisord.pid")
    assert parsed["program:web"]["command"] == "python -c 100%%"
    assert parsed["program:web"]["environment"] == 'URL="http://x/%%20"'
    assert parsed["program:web"]["stdout_logfile"] == str(var / "logs" / "web.log")


def test_a_busy_port_is_named_with_the_variable_that_moves_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        program = Program("web", (), says="the site", port=port, port_variable="BRANCHWISE_PORT")
        with pytest.raises(supervisor.CannotStart) as caught:
            supervisor.check_ports([program], "127.0.0.1")
    assert str(caught.value).startswith(f"Port {port} is in use by another program, and the site needs it.")
    assert f"BRANCHWISE_PORT={port + 11} make run" in str(caught.value)
    supervisor.check_ports([program], "127.0.0.1")


@pytest.mark.parametrize("content", [None, "", "rubbish", "999999999"])
def test_a_stale_process_id_is_not_taken_for_a_running_site(var: Path, content: str | None) -> None:
    if content is not None:
        (var / "run").mkdir()
        (var / "run" / "supervisord.pid").write_text(content)
    assert supervisor.find_pid() is None
    assert supervisor.stop() is False


def test_a_process_id_given_to_another_program_meanwhile_is_left_alone(var: Path) -> None:
    (var / "run").mkdir()
    (var / "run" / "supervisord.pid").write_text("1")
    assert supervisor.find_pid() is None


def test_two_starts_at_once_are_one_too_many(var: Path) -> None:
    with supervisor.starting(), pytest.raises(supervisor.CannotStart), supervisor.starting():
        pass


@pytest.mark.django_db
class TestDemo:
    def test_people_have_roles_and_generated_passwords_for_the_owner_s_eyes(self, var: Path) -> None:
        demo.load([])
        organisation = Organisation.objects.get(slug="demo")
        kept = json.loads((var / "secrets" / "demo.json").read_text())
        assert sorted(kept) == ["coach", "designer", "operator", "publisher", "reviewer"]
        assert len(set(kept.values())) == 5
        assert stat.S_IMODE((var / "secrets" / "demo.json").stat().st_mode) == 0o600
        for name, password in kept.items():
            user = User.objects.get(username=name)
            assert user.check_password(password)
            assert user.is_superuser is (name == "operator")
            assert Membership.objects.filter(organisation=organisation, user=user, role=name).exists()

    def test_loading_again_changes_nothing(self, var: Path) -> None:
        demo.load([])
        before = demo.sign_ins(), User.objects.count(), Membership.objects.count()
        demo.load([])
        assert (demo.sign_ins(), User.objects.count(), Membership.objects.count()) == before

    def test_hooks_get_organisation_and_users_and_their_lines_are_returned(self, var: Path) -> None:
        assert demo.load([f"{__name__}.say_hello"]) == ["Hello, designer of Branchwise demo"]

    def test_a_site_that_is_no_demo_gets_none(self, settings: Settings) -> None:
        settings.DEMO = False
        with pytest.raises(CommandError, match="set BRANCHWISE_DEMO=1"):
            call_command("load_demo")


def say_hello(organisation: Organisation, users: dict[str, User]) -> list[str]:
    return [f"Hello, {users[Role.DESIGNER]} of {organisation}"]
