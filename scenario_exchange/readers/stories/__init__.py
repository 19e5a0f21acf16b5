"""What text-story tools (Twine, Yarn, ink) share: passages of pieces, their expressions, and scenes made of them."""
