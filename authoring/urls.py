"""Addresses of authoring outside the admin: media by hash, and share links."""

from django.urls import path, register_converter

from authoring.views import media, sharing

app_name = "authoring"


class Sha256Converter:
    """64 hexadecimal digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

urlpatterns = [
    path("media/<sha256:sha256>.<slug:extension>", media.serve, name="media"),
    path("shared/<str:token>/", sharing.shared, name="shared"),
    path("shared/<str:token>/play/", sharing.shared_play, name="shared_play"),
]
