"""One module or package per format that can be imported, and what they share to build documents."""
