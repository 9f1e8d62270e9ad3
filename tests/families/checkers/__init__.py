"""One independent checker for each built-in family."""
