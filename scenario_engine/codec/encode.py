"""A scenario to bytes: JSON is the machine's form, YAML the author's. Both are deterministic."""

import hashlib
from typing import Any

import msgspec
import yaml

from scenario_engine.document import Scenario


def to_raw(scenario: Scenario) -> dict[str, Any]:
    """Return plain values as JSON would carry them."""
    raw: dict[str, Any] = msgspec.to_builtins(scenario)
    return {"format": scenario.format, **raw}


def encode_json(scenario: Scenario) -> bytes:
    """Return the machine's form: compact UTF-8 JSON, fields in struct order, defaults left out."""
    return msgspec.json.encode(to_raw(scenario))


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 (hex) of the machine's form: the identity of a version's document."""
    return hashlib.sha256(encode_json(scenario)).hexdigest()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


# What YAML 1.1 takes for the end of a line beside \n. Source: https://yaml.org/spec/1.1/#id871136
_OTHER_LINE_ENDS = ("\r", "\x85", "\u2028", "\u2029")


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Words that other YAML readers take for yes, no, numbers or dates are quoted by the resolver of SafeDumper.
    style = "|" if "\n" in text else None
    if any(mark in text for mark in _OTHER_LINE_ENDS):
        style = '"'  # only there they are written as escapes; anywhere else they would be read back as spaces
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def encode_yaml(scenario: Scenario) -> bytes:
    """Return the author's form: readable YAML that `decode` reads back to an equal scenario."""
    text = yaml.dump(to_raw(scenario), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text.encode()
