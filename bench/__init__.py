"""Measurements, each against a goal. `make bench` runs them all."""
