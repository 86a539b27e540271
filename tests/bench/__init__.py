"""Measurements by which the portal is compared with its peers on the same machine: ``make bench``."""
