"""From octets to a `Report`."""
