"""ltijs beside the launches."""


def said(school, key, launches, bare):
    return "ltijs: absent"
