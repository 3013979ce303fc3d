"""Text made comparable, and what is looked for in it."""
