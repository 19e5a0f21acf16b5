"""What serves every app and knows none: people, organisations, leases, outbound HTTP, secrets, audit."""
