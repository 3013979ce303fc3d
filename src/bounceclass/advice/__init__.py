"""How to tell a person: catalogs of texts, look-up, rendering.  Knows nothing of rules and mails."""
