"""HTTP: parse, call one service, answer. Authority is a bearer token in a header; no cookie is ever read."""
