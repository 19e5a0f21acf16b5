"""Tables of texts of a linked scenario, out of the tables of the scenarios it is made of."""

from collections.abc import Mapping

from scenario_engine.linking.link import Linked
from scenario_engine.texts import Entry, Texts, iter_texts, source_mark, text_in


def link_texts(linked: Linked, own: Texts, tables: Mapping[str, Texts]) -> dict[str, Entry]:
    """Return the table of a linked scenario in one language.

    `own` is the table of the calling scenario, `tables` those of the called ones, by their names in the library.
    """
    if linked.scenario is None:
        return dict(own)
    found = dict(own)
    for key, text in iter_texts(linked.scenario):
        origin = linked.origins.get(key)
        entry = tables.get(origin.scenario, {}).get(origin.key) if origin else None
        words = text_in(entry)
        if origin is None or entry is None or not words:
            continue
        for rewording in origin.rewordings:
            words = rewording.of(words)
        if isinstance(entry, str):
            found[key] = words
        else:
            is_fresh = entry.get("source") == source_mark(origin.source)
            found[key] = {**entry, "text": words, **({"source": source_mark(text)} if is_fresh else {})}
    return found
