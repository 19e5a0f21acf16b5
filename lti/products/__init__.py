"""What differs between LMSs, one module each; every rule says where it was read. Pure but for the settings given."""

from functools import lru_cache

from lti.products.base import Product, Sending, Verdict
from lti.products.blackboard import Blackboard
from lti.products.brightspace import Brightspace
from lti.products.canvas import Canvas
from lti.products.moodle import Moodle
from lti.products.openedx import OpenEdx
from lti.products.sakai import Sakai

PRODUCTS: tuple[Product, ...] = (Moodle(), Canvas(), OpenEdx(), Brightspace(), Sakai(), Blackboard())
PLAIN = Product()

__all__ = ["PLAIN", "PRODUCTS", "Product", "Sending", "Verdict", "detected", "product_named"]


@lru_cache(maxsize=64)
def product_named(family_code: str) -> Product:
    """Return the rules for a product family code, the plain ones for products not known here."""
    code = family_code.lower().replace("-", "").replace("_", "").replace(" ", "")
    return next((product for product in PRODUCTS if code in product.family_codes), PLAIN)


def detected(family_code: str, host: str) -> Product:
    """Return the rules for an LMS by what it calls itself, else by the host that its configuration names."""
    named = product_named(family_code)
    if named is not PLAIN or family_code:
        return named
    return next((product for product in PRODUCTS if f".{host}".endswith(product.known_hosts)), PLAIN)
