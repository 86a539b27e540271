"""From frozen content to an exact PDF: content → HTML → PDF, each stage a plain function."""
