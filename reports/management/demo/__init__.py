"""You come here for the demonstration: a town of our own that plays its years through the portal's real acts."""
