"""The house's own tools: what `make` calls. Nothing here is part of what a district installs."""
