"""The door in: every reader in one tuple, and `read`. Adding a format is adding a module and one line here."""

from typing import BinaryIO

from scenario_exchange.detect import Reader, read_with
from scenario_exchange.imported import Imported
from scenario_exchange.limits import DEFAULT, Limits
from scenario_exchange.readers.csv_sheet import CSV
from scenario_exchange.readers.docx_storyboard import DOCX
from scenario_exchange.readers.edu_roleplay import EDU_ROLEPLAY
from scenario_exchange.readers.gift import GIFT
from scenario_exchange.readers.h5p.reader import H5P
from scenario_exchange.readers.ink.reader import INK
from scenario_exchange.readers.markdown import MARKDOWN
from scenario_exchange.readers.moodle_xml import MOODLE_XML
from scenario_exchange.readers.oppia.reader import OPPIA
from scenario_exchange.readers.own import OWN
from scenario_exchange.readers.qti import QTI
from scenario_exchange.readers.twee_own import OWN_TWEE
from scenario_exchange.readers.twine.reader import TWEE, TWINE_1, TWINE_HTML, TWINE_JSON
from scenario_exchange.readers.xblock import BRANCHING_XBLOCK
from scenario_exchange.readers.yarn import YARN

# The first that fits the contents is taken, so what is easily mistaken stands after what is not.
READERS: tuple[Reader, ...] = (
    TWINE_1,
    OWN,
    OWN_TWEE,
    H5P,
    DOCX,
    BRANCHING_XBLOCK,
    INK,
    OPPIA,
    EDU_ROLEPLAY,
    TWINE_HTML,
    TWEE,
    TWINE_JSON,
    YARN,
    MOODLE_XML,
    QTI,
    CSV,
    GIFT,
    MARKDOWN,
)


def read(file: BinaryIO, name: str, limits: Limits = DEFAULT) -> Imported:
    """Return the scenarios in a file, their media and a report of what was kept, changed and dropped.

    `file` must be seekable; `name` is what the author called it. Raises ImportRefused and nothing else.
    """
    return read_with(READERS, file, name, limits)
