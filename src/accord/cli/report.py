"""The Board report without the web app."""
