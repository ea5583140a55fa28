"""Spanish as it is written in the United States: 9,813 and 2.5, not 9.813 and 2,5, and hours by a.m. and p.m."""

from __future__ import annotations

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i a"
TIME_FORMAT = "g:i a"
