"""What a checked launch leads to: rows for people, courses and links, and the path to go on. No protocol checks."""
