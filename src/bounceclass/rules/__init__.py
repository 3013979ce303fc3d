"""What a server's words mean: rules as data, the registered codes, and how a decision falls."""
