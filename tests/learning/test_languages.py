"""The learner's pages in other languages: complete, with the same slots, and never half English."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from config.running.messages import compile_messages
from learning.tokens import CoachGrant, Grant
from learning.views.answers import in_language

LEARNING = Path(__file__).parents[2] / "learning"
FILES = sorted(LEARNING.glob("locale/*/LC_MESSAGES/django.po"))
TEMPLATES = ["course.html", "own_words.html", "player.html", "problem.html"]
SOME_UUID = uuid4()
SLOT = re.compile(r"%\((\w+)\)s")


def wanted() -> set[str]:
    """What the learner's templates say, as message ids."""
    found: set[str] = set()
    for name in TEMPLATES:
        text = (LEARNING / "templates/learning" / name).read_text()
        found |= {first or second for first, second in re.findall(r"""{% translate (?:"([^"]+)"|'([^']+)')""", text)}
        for body in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text, re.S):
            found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", body.split("{% plural %}")[0])}
    return found


def test_every_language_of_the_site_is_there() -> None:
    codes = {translation.to_language(path.parts[-3]) for path in FILES} | {"en"}
    assert codes == {code for code, _ in settings.LANGUAGES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_a_language_says_everything_that_a_learner_reads(path: Path) -> None:
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert wanted() - set(entries) == set()
    for entry in entries.values():
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert text, entry.msgid
            assert set(SLOT.findall(text)) == set(SLOT.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-AT", "de"), ("pt", "pt-br"), ("pt-BR", "pt-br"), ("es_MX", "es"), ("ar", "ar"), ("nl", "en")],
)
def test_a_launch_is_answered_in_the_nearest_language_or_in_english(locale: str, language: str) -> None:
    grant = Grant(participation=SOME_UUID, locale=locale)
    with in_language(grant):
        assert get_language() == language


def test_the_coachs_pages_are_english_until_they_are_translated() -> None:
    with in_language(CoachGrant(placement=SOME_UUID, coach=SOME_UUID, locale="ar")):
        assert get_language() == "en"


def test_messages_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "app/locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(FILES[0].read_bytes())
    assert compile_messages(tmp_path) == [folder / "django.po"]
    assert (folder / "django.mo").exists()
    assert compile_messages(tmp_path) == []
