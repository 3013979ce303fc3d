"""One module a server family that does not speak RFC 3464, or speaks it badly.  Each exports `DIALECT`."""
