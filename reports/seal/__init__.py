"""The agency's electronic seal on the sealed PDF: its certificate, its signature (PAdES), its time stamp, its check."""
