"""From frozen content to an exact PDF: content → lines on sheets (``setting``) → a file (``pdf``), or a screen."""
