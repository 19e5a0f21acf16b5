"""What the environment says: folder, own URL, tool URL, secrets. Plain Python, no Django.

Everything that must not be in the repository is made here once and kept in `SANDBOX_VAR`.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Environment:
    """The settings of one sandbox process."""

    var: Path
    url: str
    tool_url: str
    one_click: bool
    #: How many keys the LMSs share; 0 gives each its own. For test runs that make hundreds of LMSs.
    key_pool: int = 0

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def is_https(self) -> bool:
        return self.url.startswith("https:")


def read_environment() -> Environment:
    """Return the settings from `SANDBOX_*`; the defaults are those of a laptop."""
    url = os.environ.get("SANDBOX_URL", "http://127.0.0.1:9200").rstrip("/")
    # Becoming anybody with one click is for a machine that only its owner reaches.
    loopback = (urlsplit(url).hostname or "") in LOOPBACK
    return Environment(
        var=Path(os.environ.get("SANDBOX_VAR", "var/sandbox")).resolve(),
        url=url,
        tool_url=os.environ.get("SANDBOX_TOOL_URL", "http://localhost:9100").rstrip("/"),
        one_click=os.environ.get("SANDBOX_ONE_CLICK", "1" if loopback else "0") == "1",
        key_pool=int(os.environ.get("SANDBOX_KEY_POOL", "0")),
    )


def keep_secret(folder: Path, name: str) -> str:
    """Return the secret kept in `folder/name`, making one that only the owner may read when there is none."""
    path = folder / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(32)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
    return secret


def read_api_token(environment: Environment) -> str:
    """Return the bearer token of the admin API: `SANDBOX_API_TOKEN`, or the one kept in the folder."""
    return os.environ.get("SANDBOX_API_TOKEN") or keep_secret(environment.var, "api-token")
