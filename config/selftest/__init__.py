"""The site proves itself: a grade's whole way, from registration to the gradebook, over HTTP."""
