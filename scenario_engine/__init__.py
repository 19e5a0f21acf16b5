"""The pure core of Branchwise: documents in, play, views and scores out. No Django, no network, no clock."""
