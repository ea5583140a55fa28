"""Whom the schools enroll: students as the student system tells of them, searched by few, counted for all."""
