"""The generated contracts: TypeScript for the player and the editor, JSON Schema for everybody else.

`python -m scenario_engine.contract DIRECTORY` writes them; a test fails when the committed files are stale.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import msgspec.inspect as mi

from scenario_engine import actions, views
from scenario_engine.document import Scenario
from scenario_engine.findings import Finding

_HEADER = "// Generated from scenario_engine by `python -m scenario_engine.contract`. Do not edit.\n"


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a scenario document."""
    schema = msgspec.json.schema(Scenario)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Branchwise scenario",
        **schema,
    }


def typescript(*roots: Any) -> str:
    """Return TypeScript for the struct types in `roots` and all they mention."""
    writer = _Writer()
    for root in roots:
        writer.name_of(mi.type_info(root))
    return _HEADER + "".join(writer.written[name] for name in sorted(writer.written))


def contract_files() -> dict[str, str]:
    """Return the contents of every generated file by its name."""
    action = typescript(actions.LearnerAction) + f"\nexport type Action = {_names(actions.LearnerAction)};\n"
    return {
        "document.ts": typescript(Scenario, Finding, views.TestPlayed),
        "player.ts": action + typescript(views.Served).removeprefix(_HEADER),
        "scenario.schema.json": json.dumps(document_schema(), indent=1, ensure_ascii=False) + "\n",
    }


def _names(union: Any) -> str:
    return " | ".join(each.__name__ for each in union.__args__)


class _Writer:
    def __init__(self) -> None:
        self.written: dict[str, str] = {}

    def name_of(self, kind: mi.Type) -> str:
        if isinstance(kind, mi.Metadata):
            return self.name_of(kind.type)
        if isinstance(kind, mi.StructType):
            return self._struct(kind)
        if isinstance(kind, mi.UnionType):
            return " | ".join(dict.fromkeys(self.name_of(each) for each in kind.types))
        if isinstance(kind, mi.ListType):
            return f"{_bracket(self.name_of(kind.item_type))}[]"
        if isinstance(kind, mi.TupleType):
            return f"[{', '.join(self.name_of(each) for each in kind.item_types)}]"
        if isinstance(kind, mi.DictType):
            return f"Record<string, {self.name_of(kind.value_type)}>"
        if isinstance(kind, mi.LiteralType):
            return " | ".join(json.dumps(value) for value in kind.values)
        return _SIMPLE[type(kind)]

    def _struct(self, kind: mi.StructType) -> str:
        name = kind.cls.__name__
        if name not in self.written:
            self.written[name] = ""  # a promise, so that a struct may contain itself
            fields = [f"  {json.dumps(kind.tag_field)}: {json.dumps(kind.tag)};\n"] if kind.tag_field else []
            for field in kind.fields:
                mark = "" if field.required else "?"
                fields.append(f"  {json.dumps(field.encode_name)}{mark}: {self.name_of(field.type)};\n")
            comment = (kind.cls.__doc__ or "").strip().splitlines()[0]
            self.written[name] = f"\n/** {comment} */\nexport interface {name} {{\n{''.join(fields)}}}\n"
        return name


def _bracket(name: str) -> str:
    return f"({name})" if "|" in name else name


_SIMPLE: dict[type[mi.Type], str] = {
    mi.AnyType: "unknown",
    mi.NoneType: "null",
    mi.BoolType: "boolean",
    mi.IntType: "number",
    mi.FloatType: "number",
    mi.StrType: "string",
    mi.DateType: "string",
}


def main(directory: str) -> None:
    """Write the generated files into `directory`."""
    for name, text in contract_files().items():
        Path(directory, name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
