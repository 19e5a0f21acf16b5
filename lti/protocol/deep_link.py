"""The deep linking response: over pylti1p3's, dated safely, without `data: null`, and without its inline script.

The form that carries it is a template: the platform's return address is foreign text and gets escaped there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource

from lti import addresses, claims, tool_keys
from lti.models import Deployment
from lti.protocol.registration import PlatformRegistration

FRAME_WIDTH, FRAME_HEIGHT = 1000, 720  # a scene with its choices; the page tells its real height once it is open
ICON_SIZE = 64
BACK_DATED_S = 5  # Moodle refuses a response dated in its future, without leeway


class Item(DeepLinkResource):
    """One link to content of ours. Only what is set is sent."""

    reviews = False

    def __init__(self, title: str, text: str, *, in_frame: bool, in_window: bool) -> None:
        self.set_title(title).set_url(addresses.launch_url()).set_icon_url(addresses.icon_url())
        self._text = text
        self._in_frame = in_frame
        self._in_window = in_window

    def to_dict(self) -> dict[str, Any]:
        item: dict[str, Any] = super().to_dict()
        if self._text:
            item["text"] = self._text
        if not item["custom"]:
            del item["custom"]
        if self._in_frame:
            item["iframe"] = {"width": FRAME_WIDTH, "height": FRAME_HEIGHT}
        elif self._in_window:
            item["window"] = {"targetName": "_blank", "width": FRAME_WIDTH, "height": FRAME_HEIGHT}
        item["icon"] |= {"width": ICON_SIZE, "height": ICON_SIZE}
        if self.reviews and "lineItem" in item:
            item["lineItem"]["submissionReview"] = {"reviewableStatus": ["InProgress", "Submitted", "Completed"]}
        return item


class Answer(DeepLink):
    """The response to one request."""

    def __init__(
        self, deployment: Deployment, return_url: str, data: str | None, message: str = "", error: str = ""
    ) -> None:
        self._said = {claims.DEEP_LINKING_MESSAGE: message, claims.DEEP_LINKING_ERROR: error}
        settings: Any = {"deep_link_return_url": return_url} | ({"data": data} if data is not None else {})
        super().__init__(PlatformRegistration(deployment.platform), deployment.deployment_id, settings)

    def get_message_jwt(self, resources: Sequence[DeepLinkResource]) -> dict[str, Any]:
        message: dict[str, Any] = super().get_message_jwt(resources)
        message["iat"] -= BACK_DATED_S
        message |= {name: text for name, text in self._said.items() if text}
        if "data" not in self._deep_link_settings:
            del message[claims.DEEP_LINKING_DATA]
        return message

    def encode_jwt(self, message: dict[str, Any]) -> str:
        return tool_keys.signing_key().sign(message)

    def get_response_form_html(self, jwt_val: str) -> str:
        raise NotImplementedError("The response is posted from the template lti/deep_link_answer.html.")
