"""Every code of `ExportRefused`, with what it means and what to do; docs/exports.md lists them from here."""

EXPORT_REFUSALS: dict[str, tuple[str, str]] = {
    "export.unknown-format": ("There is no such format.", "Choose one of the formats above."),
    "export.empty": ("There is nothing to export.", "Choose a scenario, or a course with modules."),
    "export.unreadable": ("The document has a fault that keeps it from being read.", "Correct it in the editor."),
    "export.one-at-a-time": ("A file of this format holds one scenario.", "Export each scenario by itself."),
    "export.same-id": ("Two scenarios of the course have one id.", "Change the id of one of them."),
    "export.no-scenario": ("A module plays a scenario that was not given.", "Export every scenario of the course."),
    "export.media-name": ("A medium has a name that a pack cannot hold.", "Rename the file."),
    "export.language": ("A language has a name that is no language code.", "Name it as in de, ar or pt-BR."),
    "export.loop": ("The format knows no way back, and the scenario has one.", "Choose another format."),
    "export.too-many-screens": ("The format holds fewer scenes than there are.", "Choose another format."),
    "export.missing-library": ("A library that writes the format is not installed.", "Install the extra `formats`."),
}
