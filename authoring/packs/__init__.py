"""Course packs: a folder with course.yaml, scenarios/*.yaml and media/, in and out."""
