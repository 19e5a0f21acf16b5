"""Linking: a scenario that calls others becomes one scenario, before it is checked, published and played.

Pure text in, text out: nothing is left to look up in play. See docs/decisions for why calls are put in place.
"""

from scenario_engine.linking.link import Linked, link
from scenario_engine.linking.texts import link_texts

__all__ = ["Linked", "link", "link_texts"]
