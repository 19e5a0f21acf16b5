"""What every struct of the document shares: unknown fields are refused and absent fields are left out of JSON."""

from typing import Annotated

import msgspec

# An id is the anchor of translations, comments, analytics and attempts, so it must survive every format and URL.
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,63}$")]
# "" until the codec fills it in: what an author leaves without an id gets a deterministic one at decode.
OptionalId = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z][A-Za-z0-9_\-]{0,63})?$")]
# Text and ShortText are what a translator sees (`texts` walks them); a Word is the same in every language.
Text = Annotated[str, msgspec.Meta(max_length=20_000, extra={"translate": True})]
ShortText = Annotated[str, msgspec.Meta(max_length=1_000, extra={"translate": True})]
Word = Annotated[str, msgspec.Meta(max_length=200)]
# "" is a way on that the author has not drawn yet: a draft may have it, `checks` refuses to publish it.
Target = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z][A-Za-z0-9_\-]{0,63})?$")]
MediaKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-./]{0,199}$")]
Points = Annotated[float, msgspec.Meta(ge=-1000, le=1000)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Number = Annotated[float, msgspec.Meta(ge=-1_000_000, le=1_000_000)]
Value = bool | float | Word

# Targets that are no scenes: the next of a draw, and back to the role-play that called the scene.
NEXT_DRAWN = "next_drawn"
RETURN = "return"


class Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A piece of the document."""
