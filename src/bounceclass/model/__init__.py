"""The values: what callers hold, and the words they are told in."""
