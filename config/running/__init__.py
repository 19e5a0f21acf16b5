"""Running the whole site on one machine: web, worker and, for the demo, the sandbox LMS."""
