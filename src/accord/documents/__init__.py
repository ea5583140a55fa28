"""Text in: adopted policies read into sections, sentences, notes and citations, and held against the catalogue."""
