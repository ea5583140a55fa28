"""Accord runs a school district's SRO program inside the board policy that governs it."""

__version__ = "0.1.0"
