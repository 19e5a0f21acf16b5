"""What the mixins may expect of the block they are mixed into: its fields and its runtime."""

from typing import Any


class BlockFields:
    """Annotations only; `block` defines the real fields."""

    display_name: str
    weight: float
    max_attempts: int | None
    document: str
    digest: str
    maximum: str
    media: dict[str, str]
    former: dict[str, Any]
    source: dict[str, Any]
    record: dict[str, Any]
    journal: dict[str, Any]
    attempts: int
    fields: dict[str, Any]
    runtime: Any
    scope_ids: Any
