"""ltijs beside benchmarks.launches: the same logins and launches over HTTP to a Node process, in its own process time.

Its rows are kept in memory, where its documentation has MongoDB, and reading HTTP is in its time: neither is in ours.
"""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import urllib3

if TYPE_CHECKING:
    from benchmarks.launches import School

HERE = Path(__file__).resolve().parent
TRIES = 3


def said(school: School, launches: int, bare: float) -> str:
    """Say how its time compares to `bare`, that of the bare view for as many; or why it is absent."""
    if shutil.which("node") is None or not (HERE / "node_modules" / "ltijs").is_dir():
        return "ltijs absent: npm ci in benchmarks/"
    url = _server(school)
    times = [_taken(url, school, launches) for _ in range(TRIES + 1)][1:]
    return f"ltijs, with HTTP and rows in memory: {sorted(times)[TRIES // 2] / bare:.2f}x"


@cache
def _server(school: School) -> str:
    """Start the Node process and return its address."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    server = subprocess.Popen(
        ["node", "ltijs_launch.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.kill)
    assert server.stdin is not None and server.stdout is not None
    pem = school.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    server.stdin.write(json.dumps({"issuer": school.issuer, "clientId": school.client_id, "key": pem}) + "\n")
    server.stdin.flush()
    port = next((line.split()[1] for line in server.stdout if line.startswith("port ")), "")
    if not port:
        raise AssertionError("ltijs did not start.")
    return f"http://127.0.0.1:{port}"


def _taken(url: str, school: School, launches: int) -> float:
    pool = urllib3.PoolManager(retries=False)
    begun = float(pool.request("GET", f"{url}/cpu").data)
    for number in range(launches):
        person = f"person-{number}"
        asked = school.login_parameters(f"{url}/", person)
        login = pool.request("POST", f"{url}/login", fields=asked, encode_multipart=False, redirect=False)
        sent = {name: values[0] for name, values in parse_qs(urlsplit(login.headers.get("Location", "")).query).items()}
        if "nonce" not in sent:
            raise AssertionError(f"ltijs answered the login with {login.status}: {login.data[:500]!r}")
        form = {"id_token": school.token(sent["nonce"], f"{url}/", person), "state": sent["state"]}
        kept = "; ".join(each.split(";")[0] for each in login.headers.getlist("Set-Cookie"))
        answer = pool.request(
            "POST", f"{url}/", fields=form, encode_multipart=False, redirect=False, headers={"Cookie": kept}
        )
        if "ltik=" not in answer.headers.get("Location", ""):
            raise AssertionError(f"ltijs answered the launch with {answer.status}: {answer.data[:500]!r}")
    return float(pool.request("GET", f"{url}/cpu").data) - begun
