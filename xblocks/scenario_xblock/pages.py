"""The HTML of each view: a root element, its data as an escaped attribute, and the built player."""

from html import escape
from importlib.resources import files
from typing import Any

from web_fragments.fragment import Fragment

from scenario_engine.codec import decode, encode_yaml
from scenario_engine.document import Route
from scenario_xblock.documents import story_of

PLAYER = "public/built/player.js"


def player_page(block: Any) -> Fragment:
    """Return the page with the player element's place; the state comes by handler."""
    title = escape(block.display_name)
    fragment = Fragment(f'<div class="branchwise-scenario" data-title="{title}"></div>')
    fragment.add_css(_resource("public/block.css"))
    fragment.add_javascript_url(block.runtime.local_resource_url(block, PLAYER))
    fragment.add_javascript(_resource("public/block.js"))
    fragment.initialize_js("BranchwiseScenarioBlock", {"language": _language(block)})
    return fragment


def empty_page(block: Any) -> Fragment:
    """Return what learners see before there is a scenario."""
    return _notice("There is no scenario here yet.", "The course team can paste or upload one in Studio.")


def sign_in_page(block: Any) -> Fragment:
    """Return what visitors without an account see."""
    return _notice(block.display_name, "Sign in to play this conversation; your place in it is kept for you.")


def outline_page(block: Any) -> Fragment:
    """Return the scenes in order with their words, for authors."""
    story = story_of(block.document, block.maximum)
    if story is None:
        return empty_page(block)
    rows = []
    for scene in story.scenario.scenes:
        kind = str(scene.__struct_config__.tag)
        words = scene.title or getattr(scene, "prompt", "") or getattr(scene, "text", "")
        if isinstance(scene, Route):
            words = words or "(no screen)"
        rows.append(f"<tr><th scope='row'>{escape(scene.id)}</th><td>{escape(kind)}</td><td>{escape(words)}</td></tr>")
    heading = f"<h3>{escape(block.display_name)}</h3><p>{len(rows)} scenes</p>"
    head = "<thead><tr><th scope='col'>Scene</th><th scope='col'>Kind</th><th scope='col'>First words</th></tr></thead>"
    fragment = Fragment(
        f'<div class="branchwise-outline">{heading}<table>{head}<tbody>{"".join(rows)}</tbody></table></div>'
    )
    fragment.add_css(_resource("public/block.css"))
    return fragment


def studio_page(block: Any) -> Fragment:
    """Return the form of Studio's modal: settings, the document, its findings."""
    scenario = decode(block.document.encode()).scenario if block.document else None
    document = encode_yaml(scenario).decode() if scenario else block.document
    template = _resource("public/studio.html")
    fragment = Fragment(
        template.format(
            display_name=escape(block.display_name),
            weight=escape(f"{block.weight:g}"),
            max_attempts="" if block.max_attempts is None else block.max_attempts,
            document=escape(document),
        )
    )
    fragment.add_css(_resource("public/block.css"))
    fragment.add_javascript(_resource("public/studio.js"))
    fragment.initialize_js("BranchwiseScenarioStudio")
    return fragment


def _notice(title: str, sentence: str) -> Fragment:
    fragment = Fragment(
        f'<div class="branchwise-notice"><p><strong>{escape(title)}</strong></p><p>{escape(sentence)}</p></div>'
    )
    fragment.add_css(_resource("public/block.css"))
    return fragment


def _language(block: Any) -> str:
    story = story_of(block.document, block.maximum)
    return story.locale if story else "en"


def _resource(name: str) -> str:
    return (files("scenario_xblock") / name).read_text(encoding="utf-8")
