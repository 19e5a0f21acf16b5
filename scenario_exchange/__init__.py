"""Every file format in and out, pure: no Django, no network. Shared by the site and by Studio."""
