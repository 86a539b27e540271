"""Load on a server over kept connections, where ``wrk`` is not installed."""

from __future__ import annotations

import asyncio
import time


def requests_a_second(
    port: int, address: str, headers: dict[str, str], *, connections: int, seconds: float
) -> float:
    """Answers a second on ``connections`` connections, each asking again as soon as it was answered."""
    lines = [f"GET {address} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{k}: {v}" for k, v in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def run() -> int:
        until = time.perf_counter() + seconds
        return sum(await asyncio.gather(*(_ask(port, request, until) for _ in range(connections))))

    return asyncio.run(run()) / seconds


async def _ask(port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        _, found, rest = head.partition(b"content-length:")
        if found:
            await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
        answered += 1
    writer.close()
    return answered
