"""Every fault of a value that does not fit its struct, each with its path. Only called when conversion has failed."""

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import msgspec
import msgspec.inspect as mi

from scenario_engine.findings import Finding

MAX_FAULTS = 200
# No word of the format is half as long; comparing takes time that grows with the square.
MAX_WORD = 60


def explain(raw: Any, kind: mi.Type, path: str = "$") -> Iterator[Finding]:
    """Yield a finding for each place in `raw` that does not fit `kind`."""
    if isinstance(kind, mi.Metadata):
        kind = kind.type
    if isinstance(kind, mi.UnionType):
        yield from _explain_union(raw, kind, path)
    elif isinstance(kind, mi.StructType):
        yield from _explain_struct(raw, kind, path)
    elif isinstance(kind, mi.ListType) and isinstance(raw, list):
        for index, inner in enumerate(raw):
            yield from explain(inner, kind.item_type, f"{path}[{index}]")
        yield from _explain_leaf(raw, kind, path, only_own=True)
    elif isinstance(kind, mi.DictType) and isinstance(raw, dict):
        for key, inner in raw.items():
            yield from _explain_leaf(key, kind.key_type, f"{path}.{key}")
            yield from explain(inner, kind.value_type, f"{path}.{key}")
    else:
        yield from _explain_leaf(raw, kind, path)


def _explain_struct(raw: Any, kind: mi.StructType, path: str) -> Iterator[Finding]:
    if not isinstance(raw, dict):
        yield _fault("document.type", f"Expected an object with fields, got {_name(raw)}.", path)
        return
    fields = {field.encode_name: field for field in kind.fields}
    known = [*fields, kind.tag_field] if kind.tag_field else [*fields]
    for key in raw:
        if key not in known:
            yield _fault(
                "document.unknown-field",
                f"There is no field “{key}” here.",
                f"{path}.{key}",
                _nearest(str(key), known) + f"Known here: {', '.join(sorted(str(k) for k in known))}.",
            )
    for name, field in fields.items():
        if name in raw:
            yield from explain(raw[name], field.type, f"{path}.{name}")
        elif field.required:
            hint = f"Add it: {_wanted(field.type)}."
            yield _fault("document.missing-field", f"The field “{name}” is missing.", f"{path}.{name}", hint)


def _explain_union(raw: Any, kind: mi.UnionType, path: str) -> Iterator[Finding]:
    structs = [each for each in kind.types if isinstance(each, mi.StructType)]
    if isinstance(raw, dict) and len(structs) == 1:
        yield from _explain_struct(raw, structs[0], path)
        return
    if isinstance(raw, dict) and structs:
        tag_field = structs[0].tag_field or "kind"
        by_tag = {str(each.tag): each for each in structs}
        chosen = by_tag.get(str(raw.get(tag_field)))
        if chosen is not None:
            yield from _explain_struct(raw, chosen, path)
            return
        got = f"“{raw[tag_field]}”" if tag_field in raw else "nothing"
        yield _fault(
            "document.unknown-kind",
            f"“{tag_field}” says {got}.",
            f"{path}.{tag_field}",
            _nearest(str(raw.get(tag_field, "")), by_tag) + f"One of: {', '.join(by_tag)}.",
        )
        return
    inner = [each for each in kind.types if not isinstance(each, mi.NoneType)]
    if len(inner) == 1:
        yield from explain(raw, inner[0], path)
        return
    yield from _explain_leaf(raw, kind, path)


def _explain_leaf(raw: Any, kind: mi.Type, path: str, only_own: bool = False) -> Iterator[Finding]:
    words = _words_of(kind)
    if words and isinstance(raw, str) and raw not in words:
        hint = _nearest(raw, words) + f"It is {_wanted(kind)}."
        yield _fault("document.type", f"“{raw[:MAX_WORD]}” is not known here.", path, hint)
        return
    try:
        msgspec.convert(raw, _python_type(kind))
    except msgspec.ValidationError as error:
        message, _, inner_path = str(error).partition(" - at ")
        if only_own and inner_path:
            return  # its items have spoken for themselves
        yield _fault("document.type", f"{message}; got {_name(raw)}.", path)


def _python_type(kind: mi.Type) -> Any:
    """Return a type that msgspec can convert to; inspection keeps constraints, so rebuild them."""
    simple: dict[type[mi.Type], Any] = {
        mi.BoolType: bool,
        mi.NoneType: None,
        mi.AnyType: Any,
        mi.DateType: date,
    }
    if type(kind) in simple:
        return simple[type(kind)]
    if isinstance(kind, mi.LiteralType):
        return Literal[tuple(kind.values)]
    if isinstance(kind, mi.UnionType):
        union: Any = _python_type(kind.types[0])
        for each in kind.types[1:]:
            union = union | _python_type(each)
        return union
    if isinstance(kind, mi.StructType):
        return kind.cls
    if isinstance(kind, mi.TupleType):
        return tuple.__class_getitem__(tuple(_python_type(each) for each in kind.item_types))
    if isinstance(kind, mi.ListType):
        return _constrained(list[Any], kind, ("min_length", "max_length"))
    if isinstance(kind, mi.StrType):
        return _constrained(str, kind, ("min_length", "max_length", "pattern"))
    if isinstance(kind, mi.IntType):
        return _constrained(int, kind, ("ge", "gt", "le", "lt"))
    if isinstance(kind, mi.FloatType):
        return _constrained(float, kind, ("ge", "gt", "le", "lt"))
    return Any


def _nearest(given: str, known: Iterable[str]) -> str:
    """Return the beginning of a hint where a known word is so near that a slip of the hand explains it."""
    near = get_close_matches(given[:MAX_WORD], known, n=1)
    return f"Did you mean “{near[0]}”? " if near else ""


def _words_of(kind: mi.Type) -> list[str]:
    """Return the words that may stand in a place where no other text may; none where any text may, or no word."""
    kinds = kind.types if isinstance(kind, mi.UnionType) else (kind,)
    if any(isinstance(each, mi.StrType) for each in kinds):
        return []
    return [str(value) for each in kinds if isinstance(each, mi.LiteralType) for value in each.values]


def _wanted(kind: mi.Type) -> str:
    """Return in words what belongs in a place."""
    if isinstance(kind, mi.Metadata):
        return _wanted(kind.type)
    if isinstance(kind, mi.LiteralType):
        return f"{'one of ' if len(kind.values) > 1 else ''}{', '.join(map(str, kind.values))}"
    if isinstance(kind, mi.UnionType):
        return " or ".join(dict.fromkeys(_wanted(each) for each in kind.types if not isinstance(each, mi.NoneType)))
    return next((words for types, words in _WORDS if isinstance(kind, types)), "a value")


_WORDS: tuple[tuple[type[mi.Type] | tuple[type[mi.Type], ...], str], ...] = (
    (mi.StrType, "a text"),
    ((mi.IntType, mi.FloatType), "a number"),
    (mi.BoolType, "true or false"),
    ((mi.ListType, mi.TupleType), "a list"),
    ((mi.DictType, mi.StructType), "an object with fields"),
    (mi.DateType, "a date, as 2026-05-31"),
)


def _constrained(base: Any, kind: mi.Type, names: tuple[str, ...]) -> Any:
    found = {name: getattr(kind, name) for name in names if getattr(kind, name, None) is not None}
    return Annotated[base, msgspec.Meta(**found)] if found else base


def _fault(code: str, message: str, path: str, hint: str = "") -> Finding:
    return Finding(code=code, level="error", message=message, hint=hint, path=path)


def _name(raw: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    if isinstance(raw, str) and len(raw) <= 40:
        return f"the text “{raw}”"
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return f"the number {raw}"
    return names.get(type(raw), type(raw).__name__)
