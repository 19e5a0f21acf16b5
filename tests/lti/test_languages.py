"""The pages of a launch speak its language: what a learner, a teacher and the LMS itself get to read."""

import re
from pathlib import Path

import jwt
import pytest
from django.conf import settings
from django.utils.translation import trans_real

from config.running.messages import compile_messages
from lti import claims as names
from lti import ports
from lti.grades import words
from lti.models import Cause
from tests.lti.signing_platform import GONE, LEARNER
from tests.lti.test_deep_linking import begin, field


@pytest.fixture(autouse=True, scope="module")
def _compiled():
    compile_messages(Path(settings.BASE_DIR))
    trans_real._translations.clear()


def html_of(response):
    """Return language, direction and main heading of a page."""
    text = response.content.decode()
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)">', text)
    return found.group(1), found.group(2), re.search(r"<h1>([^<]*)</h1>", text).group(1)


@pytest.mark.parametrize(
    ("locale", "page"),
    [
        ("ar", ("ar", "rtl", "هذا التثبيت للأداة غير معروف هنا.")),
        ("de-CH", ("de", "ltr", "Diese Installation des Tools ist hier nicht bekannt.")),
        ("pt", ("pt-br", "ltr", "Esta instalação da ferramenta não é conhecida aqui.")),
        ("sv", ("en", "ltr", "This installation of the tool is not known here.")),
    ],
)
def test_problem_page_speaks_the_language_of_the_launch(lms, visitor, locale, page):
    response = lms.launch(visitor, deployment_id="unknown", presentation={"locale": locale})
    assert (response.status_code, html_of(response)) == (400, page)


def test_words_of_the_lms_itself_are_marked_as_english(lms, visitor):
    lms.row.product = "moodle"
    lms.row.save()
    text = lms.launch(visitor, deployment_id="unknown", presentation={"locale": "ar"}).content.decode()
    assert '<p lang="en" dir="ltr">The tool was added twice.' in text


@pytest.mark.parametrize("presentation", [GONE, None, "ar", {"locale": 7}, {"locale": ""}], ids=str)
def test_unusable_locale_leaves_it_to_the_browser(lms, visitor, presentation):
    response = lms.launch(visitor, deployment_id="unknown", presentation=presentation)
    assert html_of(response)[:2] == ("en", "ltr")


def test_locale_of_the_person_counts_where_the_page_says_none(lms, visitor):
    response = lms.launch(visitor, deployment_id="unknown", locale="fr-CA")
    assert html_of(response)[0] == "fr"


def test_picker_and_its_answer_speak_the_teachers_language(lms, visitor):
    page = begin(lms, visitor, presentation={"locale": "es"})
    assert html_of(page) == ("es", "ltr", "¿Qué deben practicar los estudiantes?")
    posted = {"request": field(page, "request")}
    details = visitor.post("/lti/deep-link/details/", {**posted, "pick": "nothing"})
    assert html_of(details) == ("es", "ltr", "Esta actividad todavía no tiene contenido.")
    cancelled = visitor.post("/lti/deep-link/answer/", {**posted, "cancel": "1"})
    body = jwt.decode(field(cancelled, "JWT"), options={"verify_signature": False})
    assert body[names.DEEP_LINKING_MESSAGE] == "No se eligió nada."


def test_picker_reads_from_the_right_in_arabic(lms, visitor):
    assert html_of(begin(lms, visitor, presentation={"locale": "ar"}))[:2] == ("ar", "rtl")


def test_student_who_may_not_choose_reads_why_in_their_language(lms, visitor):
    page = begin(lms, visitor, presentation={"locale": "de"}, roles=[LEARNER])
    assert (page.status_code, html_of(page)[2]) == (403, "Nur Lehrende wählen den Inhalt einer Aktivität.")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("cause", [each for each in Cause if each != Cause.NONE])
def test_what_keeps_a_grade_back_is_said_in_every_language(language, cause):
    english = words.explain(cause)
    with ports.speaking(language):
        said = words.explain(cause)
    assert all(said)
    assert (said == english) == (language == "en")
