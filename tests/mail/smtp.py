"""A mail server on the loopback address that behaves as badly as a test asks."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Answers each command with ``answers[command]`` where that is given, else as a server that takes everything.

    ``hangs_at`` is a command it never answers ("CONNECT" for the greeting), ``drops_after`` one after which it hangs up
    ("DATA": it has the whole mail, and does not say so). What it took is in ``taken``, each mail as it came.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, str] = {}
        self.hangs_at = ""
        self.drops_after = ""
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.commands: list[str] = []
        self.released = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def behave(self) -> None:
        """Take everything from now on."""
        self.answers, self.hangs_at, self.drops_after = {}, "", ""


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        if not self._answer("CONNECT", "220 ready"):
            return
        while line := self.rfile.readline():
            command = line.split()[0].decode().upper() if line.strip() else ""
            self.server.commands.append(line.decode().strip())
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
            if command == "DATA" and "DATA" not in self.server.answers:
                if not self._take():
                    return
            elif not self._answer(command, usual):
                return
            if command == "QUIT":
                return

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.server.hangs_at == "BODY":
            return self._answer("BODY", "")
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        if "BODY" not in self.server.answers:
            self.server.taken.append(mail)
        if self.server.drops_after == "DATA":
            return False
        return self._answer("BODY", "250 taken")

    def _answer(self, command: str, usual: str) -> bool:
        """Answer; False where the conversation is over."""
        if self.server.hangs_at == command:
            self.server.released.wait(30)
            return False
        if self.server.drops_after == command:
            return False
        self._say(self.server.answers.get(command, usual))
        return True

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server in a thread of its own."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join(5)
