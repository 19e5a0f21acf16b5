"""Names that Open edX keeps learners' data under: derived from stable ids, never from titles."""

import re
from uuid import UUID

BLOCK_TYPE = "branchwise_scenario"
# opaque_keys ALLOWED_ID_CHARS; anything else makes the importer drop the component without a word.
ALLOWED = re.compile(r"^[\w\-~.:]+$")
MAX_LENGTH = 128


def url_name_of(prefix: str, uuid: UUID) -> str:
    """Return the url_name of an item: re-importing a course finds its learners' data by it."""
    return f"{prefix}_{uuid.hex}"


def is_url_name(name: str) -> bool:
    """Return whether Open edX accepts `name`."""
    return bool(ALLOWED.match(name)) and len(name) <= MAX_LENGTH
