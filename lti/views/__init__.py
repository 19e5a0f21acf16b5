"""HTTP of the protocol: parse, call one service, answer. Pages here work inside the frame of another site."""
