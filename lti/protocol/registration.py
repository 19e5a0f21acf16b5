"""Platforms as pylti1p3 wants to see them.

Replaces its Django models (deployments in JSON text, the non-default key picked first) and its ToolConfDict (one
class-level dict shared by every configuration of the process).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pylti1p3.deployment import Deployment as DeploymentShape
from pylti1p3.registration import Registration
from pylti1p3.tool_config.abstract import ToolConfAbstract

from lti import platforms, tool_keys
from lti.models import Deployment, Platform
from lti.problems import LaunchProblem
from lti.protocol.request import LaunchRequest


class PlatformRegistration(Registration):
    """One of our platforms; keys are asked for when needed, never kept as PEM text."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.set_issuer(platform.issuer).set_client_id(platform.client_id)
        self.set_auth_login_url(platform.auth_url).set_auth_token_url(platform.token_url)
        self.set_auth_audience(platform.token_audience or platform.token_url)
        self.set_key_set_url(platform.jwks_url or None)

    def get_kid(self) -> str:
        return tool_keys.signing_key().kid

    def get_jwks(self) -> list[Mapping[str, Any]]:
        return list(tool_keys.published_keys())


class FoundDeployment(DeploymentShape):
    """A deployment with its row."""

    def __init__(self, row: Deployment) -> None:
        self.row = row
        self.set_deployment_id(row.deployment_id)


class ToolConf(ToolConfAbstract[LaunchRequest]):
    """Always many clients per issuer, so that an issuer alone never decides."""

    def check_iss_has_one_client(self, iss: str) -> bool:
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        return True

    def find_registration_by_params(self, iss: str, client_id: str, *args: Any, **kwargs: Any) -> PlatformRegistration:
        platform = Platform.objects.filter(issuer=iss, client_id=client_id).first()
        if platform is None:
            raise LaunchProblem("login.platform_unknown", "", iss)
        return PlatformRegistration(platform)

    def find_registration_by_issuer(self, iss: str, *args: Any, **kwargs: Any) -> PlatformRegistration:
        raise LaunchProblem("login.client_ambiguous", "client_id", "nothing")

    def find_deployment(self, iss: str, deployment_id: str) -> None:
        return None

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *args: Any, **kwargs: Any
    ) -> FoundDeployment:
        registration = self.find_registration_by_params(iss, client_id)
        return FoundDeployment(platforms.find_deployment(registration.platform, deployment_id))
