"""A mail server with every bad manner there is. It remembers what it has accepted, by Message-ID."""

import asyncio
import random
import threading
from collections import Counter
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

REFUSED_AT_ONCE = "refused@example.org"
REFUSED_AFTER_DATA = "full@example.org"
REFUSED = frozenset({REFUSED_AT_ONCE, REFUSED_AFTER_DATA})
STALL = 2.5
"""Seconds: longer than the site waits for an answer."""
MANNERS = {
    "polite": 72,
    "421 at greeting": 2,
    "451 at recipient": 5,
    "stall at recipient": 3,
    "drop in mid-data": 5,
    "451 after data": 5,
    "drop after data, mail lost": 2,
    "drop after data, mail kept": 3,
    "stall after data, mail kept": 3,
}


class Counts:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.accepted: Counter[str] = Counter()
        self.manners: Counter[str] = Counter()

    def accept(self, content: bytes) -> None:
        with self.lock:
            self.accepted[message_from_bytes(content)["Message-ID"].strip()] += 1


class BadServer(SMTP):
    """One connection; its manner is drawn when it begins."""

    def __init__(self, handler: Any, *, counts: Counts, chance: random.Random, **options: Any) -> None:
        super().__init__(handler, **options)
        self.counts = counts
        self.manner = chance.choices(list(MANNERS), list(MANNERS.values()))[0]
        with counts.lock:
            counts.manners[self.manner] += 1

    async def smtp_EHLO(self, hostname: str) -> None:
        if self.manner == "421 at greeting":
            await self.push("421 Too busy")
            self._writer.close()
            return
        await super().smtp_EHLO(hostname)

    async def smtp_RCPT(self, arg: str) -> None:
        if REFUSED_AT_ONCE in arg:
            await self.push("550 No such mailbox")
        elif self.manner == "451 at recipient":
            await self.push("451 Try later")
        else:
            if self.manner == "stall at recipient":
                await asyncio.sleep(STALL)
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.manner == "drop in mid-data":
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            self._writer.transport.abort()
            return
        await super().smtp_DATA(arg)


class Handler:
    def __init__(self, counts: Counts) -> None:
        self.counts = counts

    async def handle_DATA(self, server: BadServer, session: Any, envelope: Any) -> str:
        if REFUSED_AFTER_DATA in envelope.rcpt_tos:
            return "552 Mailbox full"
        if server.manner == "451 after data":
            return "451 Try later"
        if server.manner == "drop after data, mail lost":
            server._writer.transport.abort()
            return "250 OK"
        self.counts.accept(envelope.content)
        if server.manner == "drop after data, mail kept":
            server._writer.transport.abort()
        elif server.manner == "stall after data, mail kept":
            await asyncio.sleep(STALL)
        return "250 OK"


class BadMailServer(Controller):
    def __init__(self, seed: int) -> None:
        self.counts = Counts()
        self.chance = random.Random(seed)
        super().__init__(Handler(self.counts), hostname="127.0.0.1", port=0)

    def factory(self) -> BadServer:
        return BadServer(self.handler, counts=self.counts, chance=self.chance)

    def _trigger_server(self) -> None:
        """The base class connects to the port that it was given, and ours is any that is free."""
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()
