"""Which room answers which address."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from foundation import health, media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("media/<path:path>", media.serve_media, name="media"),
    path("admin/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    path("lti/", include("lti.urls")),
    path("authoring/", include("authoring.urls")),
    path("", include("learning.urls")),  # /play/, /learn/ and /coach/
]
