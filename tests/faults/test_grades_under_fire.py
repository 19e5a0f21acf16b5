"""F1 to F10: grades while everything goes wrong. At the end nothing is lost and nothing is wrong.

For every learner three things must be the same: what the site acknowledged, what is committed (a grade together with
the wish to deliver it), and what the gradebook shows. FAULTS_SIZE and FAULTS_COMBINATION choose how much and on what.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import needs
from tests.faults import combinations
from tests.faults.classroom import Classroom
from tests.faults.conftest import IS_NIGHTLY
from tests.faults.trouble import Trouble, WorkerKiller
from tests.journeys.site import PLAYER, Site, SiteError

LEARNERS = int(os.environ.get("FAULTS_LEARNERS", "2000" if IS_NIGHTLY else "200"))
ROUNDS = 5 if IS_NIGHTLY else 1  # 10,000 events
KILLS = int(os.environ.get("FAULTS_KILLS", "100" if IS_NIGHTLY else "10"))
SETTLES_S = 1800 if IS_NIGHTLY else 180
MANY = 20 if IS_NIGHTLY else 1


@pytest.fixture(scope="session")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("servers")
    os.environ.update(combinations.servers(folder))
    yield
    combinations.stop_servers(folder)


@pytest.fixture(scope="module", params=combinations.chosen())
def room(
    request: pytest.FixtureRequest, _servers: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Classroom]:
    if not PLAYER.exists():
        pytest.skip("the player is not built (make build)")
    folder = tmp_path_factory.mktemp("site") / "var"
    combination = combinations.build(request.param, folder)
    if isinstance(combination, str):
        if needs.is_ci():
            pytest.fail(f"CI=true, but {combination}.", pytrace=False)
        pytest.skip(combination)
    site = Site(folder, settings="tests.faults.settings", extra=combination.environment)
    try:
        yield Classroom.built(site, combination, LEARNERS)
    finally:
        site.stop()


@pytest.fixture
def embedded(room: Classroom) -> Classroom:
    if not room.combination.is_embedded:
        pytest.skip("asks the embedded combination alone")
    return room


@pytest.fixture(autouse=True)
def _told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Say how long each scenario took: they share twenty minutes."""
    began = time.monotonic()
    yield
    print(f"\n{request.node.name}: {time.monotonic() - began:.0f} s", flush=True)


def check(room: Classroom, said: str, *, time_passes: bool = True) -> None:
    """Everybody's grade is where it belongs; no page ever broke."""
    settled_s = room.settle(SETTLES_S, time_passes=time_passes)
    print(
        f"\n{room.combination.name}: {said}; {len(room.pupils)} learners, settled in {settled_s:.0f} s, 0 lost or wrong"
    )
    assert room.lost_or_wrong() == []
    assert "Internal Server Error" not in room.site.log("web")


def test_f1_workers_are_killed_with_grades_in_hand_while_lmss_fail(room: Classroom) -> None:
    killer = WorkerKiller(room.site)
    with room.bad_lms():
        with Trouble(killer, KILLS).going_on() as trouble:
            for _ in range(ROUNDS):
                room.play()
        check(room, f"F1+F4 {trouble.count} kills, {killer.in_flight} with grades in hand")
    assert trouble.count >= KILLS
    faults = [post["fault"] for post in room.posts() if post["fault"]]
    print(f"{len(faults)} of {len(room.posts())} posts failed on purpose: {sorted(set(faults))}")
    assert faults


def test_f2_the_web_server_is_killed_while_learners_finish(embedded: Classroom) -> None:
    room = embedded

    def deed() -> None:
        room.site.kill("web")
        room.site.start_web()
        room.site.wait(lambda: room.site._answers("/healthz"), "The site does not come back.")

    with room.bad_lms():
        with Trouble(deed, 4 * MANY, (1.0, 3.0), at_most=4 * MANY).going_on() as trouble:
            room.play()
        check(room, f"F2+F4 {trouble.count} kills of the web server")


def test_f3_the_broker_is_lost_again_and_again(room: Classroom) -> None:
    def deed() -> None:
        room.combination.lose_broker()
        time.sleep(1.0)
        room.combination.give_broker_back()

    with room.bad_lms():
        with Trouble(deed, 5 * MANY, (0.5, 1.5)).going_on() as trouble:
            room.play()
        check(room, f"F3+F4 broker lost {trouble.count} times")


def test_f5_one_lms_after_the_other_is_down(embedded: Classroom) -> None:
    room = embedded
    left = [place for _ in range(4 * MANY) for place in room.places]

    def deed() -> None:
        place = left.pop() if left else room.places[0]
        place.lms.set_faults(outage="drop" if len(left) % 2 else "503")
        time.sleep(4.0)
        place.lms.set_faults()

    with Trouble(deed, 4, (0.1, 0.5)).going_on() as trouble:
        room.play()
    check(room, f"F5 {trouble.count} outages")


def test_f6_tokens_die_early_and_keys_change_on_both_sides(embedded: Classroom) -> None:
    room = embedded

    def deed() -> None:
        for place in room.places:
            place.lms.rotate_key(keep_old=False)
        room.site.inside("rotate_tool_keys")

    with room.bad_lms(token_lives_s=3):
        with Trouble(deed, 3, (3.0, 5.0), at_most=6).going_on() as trouble:
            room.play()
        check(room, f"F6+F4 {trouble.count} changes of keys, tokens of 3 s")
    assert room.site.inside("token_rows") <= 3 * len(room.places)


@pytest.mark.parametrize("hours", [1, -1])
def test_f7_a_wrong_clock_and_two_finishes_in_a_second(embedded: Classroom, hours: int) -> None:
    room, clock = embedded, embedded.site.folder / "clock"
    try:
        clock.write_text(str(hours * 3600))
        time.sleep(1)
        room.play(twice=True)
        check(room, f"F7 clock {hours:+d} h, two attempts each, every last step posted twice")
    finally:
        clock.unlink()
        time.sleep(1)


def test_f8_many_workers_and_sweepers_want_the_same_rows(room: Classroom) -> None:
    names = [f"worker{n}" for n in range(2, 5)]
    for name in names:
        room.site.start_another(name)
    sweepers = [f"sweeper{n}" for n in range(3)]
    for name in sweepers:
        room.site.start_another(name, "work")
    marks = room.marks()
    try:
        room.play()
        check(room, "F8 4 workers and 3 sweepers")
    finally:
        for name in names + sweepers:
            room.site.kill(name)
    applied = [post for post in room.posts(marks) if post["applied"]]
    assert len(applied) == len(room.pupils), "each grade is posted once, whoever takes it"


def test_f9_the_database_is_in_trouble(room: Classroom) -> None:
    said = _embedded_trouble(room) if room.combination.database is None else _server_trouble(room)
    check(room, f"F9 {said}")


def _embedded_trouble(room: Classroom) -> str:
    """A lock for longer than anybody waits, then no room on the disk: 503, never half a state."""
    path = room.site.folder / "branchwise.sqlite3"
    playing = threading.Thread(target=room.play)
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        playing.start()
        time.sleep(32)
        database.execute("ROLLBACK")
    time.sleep(2)
    full = [pid for name in ("web", "worker") for pid in room.site.pids(name)]
    unlimited = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in full}
    for pid in full:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, unlimited[pid][1]))
    time.sleep(4)
    for pid, before in unlimited.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    playing.join()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return "a write lock of 32 s, a full disk for 4 s"


def _server_trouble(room: Classroom) -> str:
    """The server's connections end, and nobody gets in for a moment, ten times."""
    door = room.combination.database
    assert door is not None

    def deed() -> None:
        with contextlib.suppress(SiteError):  # it loses its own connection, too
            room.site.inside("cut_connections")
        door.shut()
        time.sleep(0.7)
        door.open()

    with Trouble(deed, 10 * MANY, (0.5, 1.0), at_most=20 * MANY).going_on() as trouble:
        room.play()
    with contextlib.suppress(SiteError):
        room.site.inside("held")  # takes note that its connection is gone
    return f"the database server gone {trouble.count} times"


def test_f10_what_was_acknowledged_is_in_every_image_of_a_crash(embedded: Classroom, tmp_path: Path) -> None:
    """Stop everything at a random moment and copy the database as it lies there, as a crash would leave it."""
    room, images = embedded, list[tuple[Path, dict[str, int]]]()

    def deed() -> None:
        for name in ("web", "worker"):
            room.site.signal(name, signal.SIGSTOP)
        time.sleep(0.02)
        acknowledged = {pupil.learner.participation.replace("-", ""): pupil.attempt for pupil in room.pupils}
        folder = tmp_path / f"image{len(images)}"
        folder.mkdir()
        for ending in ("", "-wal"):
            shutil.copy(f"{room.site.folder}/branchwise.sqlite3{ending}", folder / f"image.sqlite3{ending}")
        images.append((folder / "image.sqlite3", acknowledged))
        for name in ("web", "worker"):
            room.site.signal(name, signal.SIGCONT)

    with Trouble(deed, 20 * (10 if IS_NIGHTLY else 1), (0.1, 0.6)).going_on():
        room.play()
    for path, acknowledged in images:
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            held = dict(
                database.execute(
                    "SELECT p.uuid, max(a.number) FROM learning_attempt a JOIN learning_participation p "
                    "ON p.id = a.participation_id WHERE a.status = 'finished' GROUP BY p.uuid"
                )
            )
            orphans = database.execute(
                "SELECT count(*) FROM learning_grade g WHERE g.ratio IS NOT NULL AND NOT EXISTS "
                "(SELECT 1 FROM lti_gradetarget t WHERE t.participation_id = g.participation_id AND t.wanted = g.ratio)"
            ).fetchone()
        assert {uuid: number for uuid, number in acknowledged.items() if held.get(uuid, 0) < number} == {}
        assert orphans == (0,)
    check(room, f"F10 {len(images)} images of a crash opened, all acknowledged grades in each")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_f10_score_commits_reach_the_disk(embedded: Classroom, tmp_path: Path) -> None:
    """Count the syncs of the web server while learners finish: one at least for each."""
    room, log = embedded, tmp_path / "strace"
    pids = [argument for pid in room.site.pids("web") for argument in ("-p", str(pid))]
    tracer = subprocess.Popen(["strace", "-f", "-q", "-e", "trace=fdatasync,fsync", "-o", str(log), *pids])
    time.sleep(2)
    if tracer.poll() is not None:
        pytest.skip("strace may not look at other processes here")
    few = room.pupils[:30]
    room.play(pupils=few)
    tracer.terminate()
    tracer.wait()
    syncs = len(re.findall(r"(?:fdatasync|fsync)\(\d+\)\s+= 0", log.read_text()))
    check(room, f"F10 {syncs} syncs for {len(few)} finishes")
    assert syncs >= len(few)
