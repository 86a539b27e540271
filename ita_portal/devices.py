"""What a person calls the thing they signed in with, read from what their browser says of itself."""

from __future__ import annotations

_PLACES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "โทรศัพท์หรือแท็บเล็ต Android"),
    ("Windows", "คอมพิวเตอร์ Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "คอมพิวเตอร์ Linux"),
)
# Each browser names those it descends from too: the youngest first.
_BROWSERS = (
    (("Line/",), "LINE"),
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("OPR/",), "Opera"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/", "Chromium/"), "Chrome"),
    (("Safari/",), "Safari"),
)


def device_name(user_agent: str) -> str:
    """ "Chrome บนคอมพิวเตอร์ Windows"; where nothing is known, "อุปกรณ์ที่ไม่ทราบชนิด"."""
    place = next((name for sign, name in _PLACES if sign in user_agent), "")
    browser = next((name for signs, name in _BROWSERS if any(sign in user_agent for sign in signs)), "")
    if browser and place:
        return f"{browser} บน{'' if place[0] > 'z' else ' '}{place}"
    return browser or place or "อุปกรณ์ที่ไม่ทราบชนิด"
