"""The house itself: contracts, dependencies, commands, translations."""
