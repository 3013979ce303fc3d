"""One module a standard: what a report says, as far as a standard says how it is written."""
