"""The pages of launches in other languages: complete, with the same slots, and never half English."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import polib
import pytest
from django.conf import settings
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.translation import get_language

from config.running.messages import compile_messages
from learning.tokens import CoachGrant, Grant
from learning.views.answers import in_language

ROOT = Path(__file__).parents[2]
# Wagtail's admin is English: what is only shown there is not translated.
ROOMS = ("learning", "lti")
FILES = [path for room in ROOMS for path in sorted(ROOT.glob(f"{room}/locale/*/LC_MESSAGES/django.po"))]
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2}
SOME_UUID = uuid4()
SLOT = re.compile(r"%\((\w+)\)s|(%%)")

# Learners are addressed as du, tu and tú; whoever teaches as Sie and vous.
FORMAL = {"de": r"\b(Sie|Ihr|Ihre\w?|Ihnen)\b", "fr": r"(?i)\b(vous|votre|vos)\b", "es": r"(?i)\bustede?s?\b"}
FAMILIAR = {"de": r"(?i)\b(du|dich|dir|dein\w*)\b", "fr": r"(?i)\b(tu|te|toi|ton|tes)\b"}

Message = tuple[str, str]  # msgid, and its plural or ""


def name_of(path: Path) -> str:
    return f"{path.parts[-5]}-{path.parts[-3]}"


@cache
def said(room: str) -> frozenset[Message]:
    """What the templates and modules of a room say, as gettext asks for it."""
    templates = (path for path in (ROOT / room / "templates").rglob("*.html"))
    modules = (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
    found = {message for path in templates for message in in_template(path.read_text())}
    return frozenset(found | {message for path in modules for message in in_module(path.read_text())})


def in_template(text: str) -> Iterator[Message]:
    nodes = engines["django"].from_string(text).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield str(node.filter_expression.var.literal).replace("%", "%%"), ""
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield node.render_token_list(node.singular)[0], plural


def in_module(text: str) -> Iterator[Message]:
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS:
            words = [each.value for each in call.args[: CALLS[call.func.id]] if isinstance(each, ast.Constant)]
            if words:
                yield str(words[0]), str(words[1]) if len(words) == 2 else ""


@pytest.mark.parametrize("room", ROOMS)
def test_every_language_of_the_site_is_there(room: str) -> None:
    here = {translation.to_language(path.parts[-3]) for path in FILES if path.parts[-5] == room}
    assert here | {"en"} == {code for code, _ in settings.LANGUAGES}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_language_says_what_the_room_says_and_nothing_else(path: Path) -> None:
    kept = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
    assert kept == said(path.parts[-5])


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_sentence_is_translated_with_the_same_slots(path: Path) -> None:
    file = polib.pofile(str(path))
    forms = int(re.search(r"nplurals=(\d)", file.metadata["Plural-Forms"]).group(1))
    for entry in file:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert len(texts) == (forms if entry.msgid_plural else 1), entry.msgid
        assert not entry.fuzzy, entry.msgid
        for text in texts:
            assert text, entry.msgid
            assert sorted(SLOT.findall(text)) == sorted(SLOT.findall(entry.msgid)), entry.msgid
            assert (text != text.rstrip()) == (entry.msgid != entry.msgid.rstrip()), entry.msgid


def spoken(language: str, *patterns: str) -> list[str]:
    """What the pages of learning say in a language, template by template."""
    entries = polib.pofile(str(ROOT / f"learning/locale/{language}/LC_MESSAGES/django.po"))
    paths = [path for each in patterns for path in (ROOT / "learning/templates/learning").glob(each)]
    asked = {message[0] for path in paths for message in in_template(path.read_text())}
    found = [entry for entry in entries if entry.msgid in asked]
    return [text for entry in found for text in (entry.msgstr_plural.values() or [entry.msgstr])]


@pytest.mark.parametrize("language", FORMAL)
def test_learners_are_addressed_in_one_way_on_pages_and_in_the_player(language: str) -> None:
    player = json.loads((ROOT / f"frontend/player/src/strings/{language}.json").read_text())
    texts = [json.dumps(text, ensure_ascii=False) for text in player.values()]
    texts += spoken(language, "player.html", "course.html", "own_words.html", "shell.html", "problem.html")
    assert len(texts) > 150
    assert [text for text in texts if re.search(FORMAL[language], text)] == []


@pytest.mark.parametrize("language", FAMILIAR)
def test_coaches_are_addressed_formally(language: str) -> None:
    texts = spoken(language, "coach*.html")
    assert len(texts) > 50
    assert [text for text in texts if re.search(FAMILIAR[language], text)] == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-AT", "de"), ("pt", "pt-br"), ("pt-BR", "pt-br"), ("es_MX", "es"), ("ar", "ar"), ("nl", "en")],
)
def test_a_launch_is_answered_in_the_nearest_language_or_in_english(locale: str, language: str) -> None:
    for grant in (
        Grant(participation=SOME_UUID, locale=locale),
        CoachGrant(placement=SOME_UUID, coach=SOME_UUID, locale=locale),
    ):
        with in_language(grant):
            assert get_language() == language


def test_messages_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "app/locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(FILES[0].read_bytes())
    assert compile_messages(tmp_path) == [folder / "django.po"]
    assert (folder / "django.mo").exists()
    assert compile_messages(tmp_path) == []
