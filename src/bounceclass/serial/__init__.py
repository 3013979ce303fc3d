"""Values as plain JSON types: there, back, with addresses hidden, and described."""
