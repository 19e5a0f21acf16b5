"""H5P Branching Scenario (.h5p): a package of one JSON file and its media."""
