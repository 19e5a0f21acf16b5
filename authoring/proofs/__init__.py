"""What is certain about the scores of a scenario, worked out in a confined process and kept by digest for the pages."""
