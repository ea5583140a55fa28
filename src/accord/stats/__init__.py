"""Frames in, small tables out: counting, rates, suppression, the Board report. No Django."""
