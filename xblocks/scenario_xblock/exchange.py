"""OLX in and out: attributes for settings, one child element for the document. A round trip is a fixed point."""

import json
from typing import Any

from xblock.runtime import Runtime

from scenario_engine.codec import decode
from scenario_exchange.olx.names import BLOCK_TYPE
from scenario_xblock.documents import stored_form
from scenario_xblock.fields import BlockFields

_SETTINGS = ("display_name", "weight", "max_attempts")


class OlxMixin(BlockFields):
    """Reads and writes `<branchwise_scenario display_name=… weight=…><document>{…}</document>…</…>`."""

    @classmethod
    def parse_xml(cls, node: Any, runtime: Runtime, keys: Any, *ignored: Any) -> Any:
        """Return the block of an OLX node. Unknown attributes are left alone; a broken document is kept and shown."""
        block = runtime.construct_xblock_from_class(cls, keys)
        for name in _SETTINGS:
            if name in node.attrib:
                setattr(block, name, block.fields[name].from_string(node.attrib[name]))
        if node.get("maximum"):
            block.maximum = node.get("maximum")
        for child in node:
            if not isinstance(child.tag, str):
                continue  # a comment
            if child.tag == "document":
                _take_document(block, child.text or "")
            elif child.tag in ("media", "source"):
                setattr(block, child.tag, _read_object(child.text))
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """Write the block into `node`; learners' data never leaves this way."""
        node.tag = BLOCK_TYPE
        node.set("xblock-family", "xblock.v1")
        for name in _SETTINGS:
            field = self.fields[name]
            if field.is_set_on(self):
                node.set(name, field.to_string(getattr(self, name)))
        if self.maximum:
            node.set("maximum", self.maximum)
        self._add_child(node, "document", self.document)
        for name in ("media", "source"):
            if getattr(self, name):
                self._add_child(node, name, json.dumps(getattr(self, name), ensure_ascii=False, sort_keys=True))

    @staticmethod
    def _add_child(node: Any, name: str, text: str) -> None:
        if text:
            child = node.makeelement(name, {})
            child.text = text
            node.append(child)


def _take_document(block: Any, text: str) -> None:
    scenario = decode(text.encode()).scenario
    if scenario is None:
        block.document, block.digest = text.strip(), ""
    else:
        block.document, block.digest = stored_form(scenario)


def _read_object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
