"""Numbers on screen: Arabic digits, a point for decimals. Dates never pass here: see ``measures.dates``."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
