"""What differs between LMSs, one module each; every rule says where it was read. Pure but for the settings given."""

from lti.products.base import Product, Sending, Verdict
from lti.products.canvas import Canvas
from lti.products.moodle import Moodle
from lti.products.openedx import OpenEdx

PRODUCTS: tuple[Product, ...] = (Moodle(), Canvas(), OpenEdx())
PLAIN = Product()

__all__ = ["PLAIN", "PRODUCTS", "Product", "Sending", "Verdict", "product_named"]


def product_named(family_code: str) -> Product:
    """Return the rules for a product family code, the plain ones for products not known here."""
    code = family_code.lower().replace("-", "").replace("_", "").replace(" ", "")
    return next((product for product in PRODUCTS if code in product.family_codes), PLAIN)
