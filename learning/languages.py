"""In which language the pages of a launch speak. Not what they say: that is in the templates and locale files."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def nearest(locale: str) -> str:
    """Return the site's language that is nearest to what a launch wishes: "pt-PT" is "pt-br", "nl" is "en".

    Without a wish it is what the browser prefers.
    """
    wanted = (locale or translation.get_language() or "").lower().replace("_", "-")
    known = [code for code, _ in settings.LANGUAGES]
    base = wanted.partition("-")[0]
    near = (code for code in known if code.partition("-")[0] == base)
    return wanted if wanted in known else next(near, "en")


def speaking(locale: str) -> translation.override:
    """Speak the language of a launch where the site knows it, else English: never half of each."""
    return translation.override(nearest(locale))
