"""The readers of Twine's file formats, and the refusal of Twine 1."""

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused
from scenario_exchange.readers.twine import html_file, json_file, twee_file

TWINE_HTML = Reader(
    name="twine-html",
    title="Twine 2 (HTML)",
    extensions=(".html", ".htm"),
    fits=html_file.fits,
    read=html_file.read,
)
TWEE = Reader(
    name="twee", title="Twee", extensions=(".twee", ".tw", ".tw2", ".twee2"), fits=twee_file.fits, read=twee_file.read
)
TWINE_JSON = Reader(
    name="twine-json", title="Twine (JSON)", extensions=(".json",), fits=json_file.fits, read=json_file.read
)


def _is_pickle(peek: Peek) -> bool:
    # Pickles begin with a protocol mark, or with the opcodes of an object or dictionary.
    return peek.extension == ".tws" or peek.start[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


def _refuse_pickle(peek: Peek) -> Imported:
    raise ImportRefused(
        "import.pickle",
        "Files of Twine 1 (.tws) are not opened: reading one could run a program hidden in it.",
        "Open it in Twine 1, choose Build Story, and import that HTML into Twine 2; import what Twine 2 publishes.",
        peek.name,
    )


TWINE_1 = Reader(
    name="twine-1", title="Twine 1", extensions=(".tws",), fits=_is_pickle, read=_refuse_pickle, converts=False
)
