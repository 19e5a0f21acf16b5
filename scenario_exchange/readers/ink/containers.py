"""The containers of compiled ink, and paths between them."""

from typing import Any, NamedTuple

MAX_DEPTH = 200


class Container:
    """A list of content; some of it has names."""

    __slots__ = ("at", "content", "name", "named", "parent")

    def __init__(self, parent: "Container | None", at: int, name: str) -> None:
        self.parent = parent
        self.at = at  # its place in the parent's content; -1 when it is only named there
        self.name = name
        self.content: list[Any] = []
        self.named: dict[str, Container] = {}

    @property
    def path(self) -> str:
        """The dotted path from the root, "" for the root itself."""
        parts: list[str] = []
        here: Container | None = self
        while here is not None and here.parent is not None:
            parts.append(here.name)
            here = here.parent
        return ".".join(reversed(parts))


class Pointer(NamedTuple):
    """A place in a container."""

    container: Container
    at: int

    @property
    def name(self) -> str:
        """What a passage that begins here is called."""
        path = self.container.path or "beginning"
        return path if self.at == 0 else f"{path}.{self.at}"


def build(raw: Any, parent: Container | None = None, at: int = -1, name: str = "") -> Container:
    """Return the container that a JSON list describes."""
    container = Container(parent, at, name)
    listed = raw if isinstance(raw, list) else []
    last = listed[-1] if listed and isinstance(listed[-1], dict) and _is_named_part(listed[-1]) else None
    body = listed[:-1] if listed and (listed[-1] is None or last is not None) else listed
    if isinstance(last, dict) and isinstance(last.get("#n"), str) and parent is not None:
        container.name = last["#n"]
    for index, item in enumerate(body):
        container.content.append(build(item, container, index, str(index)) if isinstance(item, list) else item)
    for child in container.content:
        if isinstance(child, Container) and not child.name.isdigit():
            container.named[child.name] = child
    for key, item in (last or {}).items():
        if isinstance(item, list):
            container.named[key] = build(item, container, -1, key)
    return container


def _is_named_part(value: dict[str, Any]) -> bool:
    return all(key in ("#f", "#n") or isinstance(item, list) for key, item in value.items())


def resolve(path: str, root: Container, here: Pointer) -> Pointer | None:
    """Return where a path leads: from the root, or from `here` when it begins with a dot."""
    parts = path.split(".")[:MAX_DEPTH]
    container: Container | None = root
    if path.startswith("."):
        parts = parts[1:]
        # A relative path begins at the instruction itself, whose parent is its container.
        if parts and parts[0] == "^":
            parts = parts[1:]
        container = here.container
    for position, part in enumerate(parts):
        if container is None:
            return None
        if part == "^":
            container = container.parent
            continue
        found = _child(container, part)
        if isinstance(found, Container):
            container = found
        elif part.isdigit() and position == len(parts) - 1 and int(part[:9]) <= len(container.content):
            return Pointer(container, int(part[:9]))
        else:
            return None
    return Pointer(container, 0) if container is not None else None


def _child(container: Container, part: str) -> Any:
    if part in container.named:
        return container.named[part]
    if part.isdigit() and len(part) < 9 and int(part) < len(container.content):
        return container.content[int(part)]
    return None
