"""Which room answers which address."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from config.environment import has_room
from foundation import health, media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("media/<path:path>", media.serve_media, name="media"),
    path("admin/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
]
# learning owns /play/, /learn/ and /coach/. A room counts once it has urls.
for room, prefix in (("lti", "lti/"), ("authoring", "authoring/"), ("learning", "")):
    if has_room(room) and has_room(f"{room}.urls"):
        urlpatterns.append(path(prefix, include(f"{room}.urls")))
