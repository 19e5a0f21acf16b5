"""The block in OLX: what is written is read as it was."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from tests.xblocks.conftest import cafe


def make_block(node: Any = None, **values: Any) -> Any:
    """Make a block of field values or of an OLX node, without a workbench around it."""
    from scenario_xblock import ScenarioXBlock
    from xblock.field_data import DictFieldData
    from xblock.fields import ScopeIds
    from xblock.test.tools import TestRuntime

    keys = ScopeIds("staff", "branchwise_scenario", "definition", "usage")
    runtime = TestRuntime(services={"field-data": DictFieldData(values)})
    return ScenarioXBlock(runtime, scope_ids=keys) if node is None else ScenarioXBlock.parse_xml(node, runtime, keys)


def written(block: Any) -> bytes:
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    return etree.tostring(node)


# WebOb, below XBlock, still asks for what Python 3.13 has no more.
@pytest.mark.filterwarnings("ignore:'cgi' is deprecated")
@pytest.mark.parametrize("name", ["A café & a bus", 'Say "no"', '"Not now"', "It’s <late>"])
def test_what_is_written_is_read_as_it_was(name: str) -> None:
    source = {"name": "café.yaml"}
    values = {"display_name": name, "weight": 2.5, "max_attempts": 2, "maximum": "33/2", "source": source}
    olx = written(make_block(document=cafe().decode(), **values))
    read = make_block(etree.fromstring(olx))
    assert {field: getattr(read, field) for field in values} == values
    assert written(read) == olx
