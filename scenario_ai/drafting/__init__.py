"""Pure rooms: from a brief to questions for a model, and from its small answers to scenario documents."""
