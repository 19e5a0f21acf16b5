"""Cleaning of uploaded SVG: what draws stays, what runs or fetches goes. Strict allow-list."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 2_000_000
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    """svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath
    linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComposite feFlood
    feGaussianBlur feMerge feMergeNode feOffset feMorphology feDropShadow feTurbulence feDisplacementMap""".split()  # noqa: SIM905 (a hundred quoted names are harder to check)
)
_ATTRIBUTES = frozenset(
    """id class d x y x1 x2 y1 y2 cx cy r rx ry fx fy width height viewBox preserveAspectRatio points transform fill
    fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray
    stroke-dashoffset stroke-miterlimit opacity clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits
    offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits
    patternTransform font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing dx dy
    rotate textLength lengthAdjust startOffset marker-start marker-mid marker-end markerWidth markerHeight markerUnits
    orient refX refY filter filterUnits primitiveUnits in in2 result stdDeviation mode values type operator k1 k2 k3 k4
    flood-color flood-opacity radius baseFrequency numOctaves seed scale xChannelSelector yChannelSelector color
    color-interpolation-filters display visibility overflow paint-order shape-rendering vector-effect
    mix-blend-mode role aria-label aria-hidden aria-labelledby version mask-type isolation""".split()  # noqa: SIM905 (a hundred quoted names are harder to check)
)
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


class UnsafeSvg(ValueError):
    """The bytes are no SVG picture that can be made safe."""


def clean_svg(data: bytes) -> bytes:
    """Return the picture with scripts, events, links outwards and unknown elements taken out."""
    if len(data) > MAX_BYTES:
        raise UnsafeSvg(f"The SVG has {len(data):,} bytes; at most {MAX_BYTES:,} are accepted.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeSvg("The file is not well-formed SVG.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeSvg("An SVG with a document type of its own is not accepted.")
    if root.tag != f"{{{_SVG}}}svg":
        raise UnsafeSvg("The file is XML, but not an SVG picture.")
    for element in list(root.iter()):
        _clean_element(element)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=False))


def _clean_element(element: etree._Element) -> None:
    name = element.tag if isinstance(element.tag, str) else ""
    parent = element.getparent()
    if not name.startswith(f"{{{_SVG}}}") or name.partition("}")[2] not in _ELEMENTS:
        if parent is not None:
            parent.remove(element)
        return
    for attribute, value in list(element.attrib.items()):
        if not _is_safe(str(attribute), str(value)):
            del element.attrib[attribute]


def _is_safe(attribute: str, value: str) -> bool:
    if attribute in ("href", _XLINK):
        return value.startswith("#")
    return attribute in _ATTRIBUTES and not _REFERENCE.search(value)
