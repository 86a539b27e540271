"""What the public pages show, as plain data: from frozen content and the day's decisions only, never from live rows."""
