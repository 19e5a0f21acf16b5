"""The fixtures of the launch tests: content, a site that may call this machine."""

from tests.lti.conftest import _kinds_of_the_site, content, organisation, site

__all__ = ["_kinds_of_the_site", "content", "organisation", "site"]
