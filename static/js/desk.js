// What the desk adds where there is script; every screen works without it.
