"""Tags of the pages on which contacts are entered."""
