"""What a set of results or a caller's own records tell: authenticity, floods, typos in addresses.  Knows nothing of advice."""
