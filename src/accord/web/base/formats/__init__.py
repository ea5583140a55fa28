"""How numbers and days are written where Django's own habits for a language are not those of California."""
