"""How much of a stranger's file is read. What goes beyond is refused by name, before it is held in memory."""

import msgspec

MEGABYTE = 1024 * 1024
# Word writes a dozen elements around a few words: they are passed over, and cost little.
FATTER = 3


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one import. The defaults suit an upload by a designer."""

    upload: int = 50 * MEGABYTE
    # One text: a story, a document, a sheet. Media may be larger.
    text: int = 20 * MEGABYTE
    # Words of a file in another tool's format, all its texts together: what takes time to turn into ours.
    # Pictures written out in letters and the program in a page do not count. A long novel has one million.
    words: int = 2 * MEGABYTE
    files: int = 2_000
    inflated: int = 200 * MEGABYTE
    file: int = 50 * MEGABYTE
    # Media held in memory at once: they hardly shrink when packed, so an honest package stays below its upload.
    kept: int = 50 * MEGABYTE
    # Inflated bytes for one packed byte.
    ratio: int = 100
    # Elements of a markup document, values of a JSON document, values of a YAML document.
    elements: int = 150_000
    values: int = 400_000
    yaml_values: int = 60_000
    depth: int = 100
    scenarios: int = 200
    scenes: int = 10_000
    seconds: float = 30.0


DEFAULT = Limits()
