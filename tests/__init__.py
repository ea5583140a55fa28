"""Tests mirror the nouns."""
