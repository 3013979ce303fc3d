"""Octets to a lazy tree of parts, in bounded memory and linear time.  Knows nothing of bounces."""
