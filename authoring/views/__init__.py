"""Pages and JSON endpoints of authoring. Each parses, calls one service, and answers."""
