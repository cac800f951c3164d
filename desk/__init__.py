"""The staff desk: search, documents, call cards and flags, for people who answer calls; server.py puts it together."""
