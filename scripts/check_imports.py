"""Checks the arrows of the house with import-linter, for the rooms that are there.

import-linter stops at a package it cannot find, and some checkouts hold only some rooms. The contracts in
pyproject.toml name all of them; this drops the absent names and passes the rest on.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACES = (ROOT, ROOT / "xblocks")
NOT_OF_THE_PRODUCT = {"tests", "benchmarks", "xblocks", "build", "dist"}


def main() -> int:
    """Run import-linter and return its exit code."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        linter: dict[str, Any] = tomllib.load(file)["tool"]["importlinter"]
    sys.path[:0] = [str(place) for place in PLACES]
    if strangers := packages_here() - set(linter["root_packages"]):
        print(f"No contract names {', '.join(sorted(strangers))}: add each to pyproject.toml, [tool.importlinter].")
        return 1
    linter["root_packages"] = [name for name in linter["root_packages"] if is_there(name)]
    linter["contracts"] = [kept for contract in linter["contracts"] if (kept := without_absent(contract))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "importlinter.toml"
        path.write_text(as_toml(linter), encoding="utf-8")
        lint_imports = importlib.import_module("importlinter.cli").lint_imports
        return int(lint_imports(config_filename=str(path), cache_dir=str(ROOT / ".import_linter_cache")))


def packages_here() -> set[str]:
    """Return the packages of this checkout that hold code of the product."""
    found = {path.parent.name for place in PLACES for path in place.glob("*/__init__.py")}
    return found - NOT_OF_THE_PRODUCT


def is_there(module: str) -> bool:
    """Say whether a module of ours, or a third party's, is there."""
    top = module.split(".")[0]
    if any((place / top / "__init__.py").exists() for place in PLACES):
        parts = Path(*module.replace(".**", "").replace(".*", "").split("."))
        return any((p / parts).is_dir() or (p / parts).with_suffix(".py").is_file() for p in PLACES)
    return False


def without_absent(contract: dict[str, Any]) -> dict[str, Any] | None:
    """Return the contract about present packages, or None when too little is left to say."""
    kept = dict(contract)
    for key in ("layers", "source_modules", "modules", "protected_modules", "allowed_importers"):
        if key in kept:
            kept[key] = [name for name in kept[key] if is_there(name)]
    least = {"layers": 2, "modules": 2, "source_modules": 1, "protected_modules": 1, "allowed_importers": 1}
    enough = all(len(kept[key]) >= count for key, count in least.items() if key in kept)
    ours = {"forbidden_modules": [m for m in kept.get("forbidden_modules", []) if is_there(m) or is_foreign(m)]}
    if "forbidden_modules" in kept:
        kept.update(ours)
        enough = enough and bool(kept["forbidden_modules"])
    return kept if enough else None


def is_foreign(module: str) -> bool:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return module.split(".")[0] not in tomllib.load(file)["tool"]["importlinter"]["root_packages"]


def as_toml(linter: dict[str, Any]) -> str:
    """Write the few shapes that import-linter's settings have."""
    lines = ["[tool.importlinter]"]
    lines += [f"{key} = {literal(value)}" for key, value in linter.items() if key != "contracts"]
    for contract in linter["contracts"]:
        lines.append("[[tool.importlinter.contracts]]")
        lines += [f"{key} = {literal(value)}" for key, value in contract.items()]
    return "\n".join(lines) + "\n"


def literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    sys.exit(main())
