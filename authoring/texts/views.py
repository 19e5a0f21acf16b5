"""Pages of translation: the languages of a scenario, one language as a two-column table, and files for translators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring.imports.report import by_place
from authoring.models import Scenario, ScenarioText
from authoring.permissions import may
from authoring.texts import tables
from authoring.texts.forms import FileForm, LanguageForm
from authoring.texts.rows import SHOWN, changes_in, name_of, rows_of
from authoring.views.pages import admin_page
from authoring.views.scoped import author_of, for_scenario
from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario as Document
from scenario_exchange import ImportRefused
from scenario_exchange.texts import FORMATS, export_texts

PER_PAGE = 40
# Offered while typing; any other code is as welcome.
KNOWN = (
    *("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl"),
    *("pl", "pt-BR", "ru", "sw", "tr", "uk", "ur", "vi", "zh-Hans"),
)


@for_scenario("view")
@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """List the languages with how far each is; add one."""
    may_edit = may(request.user, "change", scenario.organisation_id)
    draft = scenario.get_latest_revision_as_object()
    document = decode_raw(draft.document).scenario
    form = LanguageForm(request.POST if request.method == "POST" and may_edit else None)
    if request.method == "POST" and may_edit and form.is_valid():
        try:
            row = tables.add_language(scenario, form.cleaned_data["locale"], author_of(request))
            return redirect("scenarios:language", scenario.pk, row.locale)
        except tables.NotTaken as error:
            form.add_error("locale", str(error))
    newest = scenario.versions.order_by("-number").first()
    found = scenario.translations.order_by("locale")
    context = {
        "scenario": draft,
        "document": document,
        "rows": [(row, name_of(row.locale), _standing(document, row), _is_published(newest, row)) for row in found],
        "form": form,
        "may_edit": may_edit,
        "version": newest,
        "own_language": name_of(draft.language),
        "known": [(code, name_of(code)) for code in KNOWN],
    }
    return admin_page(request, "authoring/texts/languages.html", "Languages", context, parent=draft)


Page = Callable[[HttpRequest, ScenarioText, Document], HttpResponseBase]


def for_language(action: str) -> Callable[[Page], Callable[..., HttpResponseBase]]:
    """Give the view the table of the URL and the draft that it belongs to; 404 where either is missing."""

    def decorate(view: Page) -> Callable[..., HttpResponseBase]:
        @for_scenario(action)
        @wraps(view)
        def found(request: HttpRequest, scenario: Scenario, locale: str) -> HttpResponseBase:
            tables = scenario.translations.select_related("scenario__organisation")
            # PostgreSQL cannot be asked for a NUL.
            row = tables.filter(locale=locale).first() if "\0" not in locale else None
            if row is None:
                raise Http404("There are no texts in this language.")
            document = decode_raw(scenario.get_latest_revision_as_object().document).scenario
            if document is None:
                messages.error(request, "The draft cannot be read, so there is nothing to translate. Correct it first.")
                return redirect("scenarios:languages", scenario.pk)
            return view(request, row, document)

        return found

    return decorate


@for_language("view")
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest, row: ScenarioText, document: Document) -> HttpResponse:
    """Show the texts beside each other; save what was typed."""
    may_edit = may(request.user, "change", row.scenario.organisation_id)
    saved = None
    if request.method == "POST" and may_edit:
        saved = tables.save_texts(row, document, changes_in(request.POST), author_of(request))
        if saved.changed:
            messages.success(request, f"{saved.changed} {'text' if saved.changed == 1 else 'texts'} saved.")
        if not saved.refused and not saved.remarks:
            return redirect(request.get_full_path())
        row.refresh_from_db()
    return _table(request, row, document, may_edit, saved=saved)


@for_language("view")
@require_safe
def file(request: HttpRequest, row: ScenarioText, document: Document) -> HttpResponse:
    """Answer with the file for a translator."""
    wanted = next((each for each in FORMATS if each[0] == request.GET.get("format")), None)
    if wanted is None:
        raise Http404("There is no such format.")
    name, _, extension, mime = wanted
    response = HttpResponse(export_texts(document, row.texts, row.locale, name), content_type=mime)
    filename = f"{row.scenario.slug}.{row.locale}{extension}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_language("change")
@require_POST
def upload(request: HttpRequest, row: ScenarioText, document: Document) -> HttpResponse:
    """Take a translator's file and say what could be taken of it."""
    form = FileForm(request.POST, request.FILES)
    places = None
    if form.is_valid():
        try:
            imported = tables.take_file(row, document, form.cleaned_data["file"].read(), author_of(request))
            places = by_place(imported.report.lines())
            row.refresh_from_db()
        except ImportRefused as refused:
            form.add_error("file", f"{refused.message} {refused.hint}".strip())
    return _table(request, row, document, True, upload=form if form.errors else None, places=places)


@for_language("change")
@require_POST
def remove(request: HttpRequest, row: ScenarioText, document: Document) -> HttpResponse:
    """Throw a language away."""
    if "sure" not in request.POST:
        messages.warning(request, "Nothing was removed: tick the box first.")
        return redirect("scenarios:language", row.scenario_id, row.locale)
    tables.remove_language(row, author_of(request))
    messages.success(request, f"The texts in “{row.locale}” are gone. Published versions keep theirs.")
    return redirect("scenarios:languages", row.scenario_id)


def _table(
    request: HttpRequest,
    row: ScenarioText,
    document: Document,
    may_edit: bool,
    *,
    saved: tables.Saved | None = None,
    upload: FileForm | None = None,
    places: Any = None,
) -> HttpResponse:
    show = request.GET.get("show", "")
    listed = rows_of(document, row.texts, show if show in SHOWN else "", request.GET.get("q", "")[:100])
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("p"))
    for each in page:
        if saved is not None:
            each.add(saved.refused.get(each.key, ""), saved.remarks.get(each.key, ""), request.POST)
    context = {
        "scenario": row.scenario,
        "document": document,
        "row": row,
        "language": name_of(row.locale),
        "page": page,
        "standing": tables.standing_of(document, row.texts),
        "show": show,
        "shown": SHOWN,
        "words": request.GET.get("q", "")[:100],
        "formats": FORMATS,
        "upload": upload or FileForm(),
        "places": places,
        "may_edit": may_edit,
    }
    title = f"Texts in {name_of(row.locale)}"
    return admin_page(request, "authoring/texts/language.html", title, context, parent=row.scenario)


def _standing(document: Document | None, row: ScenarioText) -> tables.Standing | None:
    return tables.standing_of(document, row.texts) if document is not None else None


def _is_published(version: Any, row: ScenarioText) -> bool:
    """Say whether learners have these very texts."""
    return bool(version is not None and version.texts.get(row.locale) == row.texts)
