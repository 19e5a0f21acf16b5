"""Questions of learning platforms as quiz scenarios: one model (`items`), one builder, a reader for each format."""
