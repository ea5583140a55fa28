"""Sierra Vista Unified: an invented district, made by a seeded generator. Nobody in it is real."""
