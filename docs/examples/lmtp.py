"""An LMTP server (RFC 2033) that takes bounces from any mail server: pip install aiosmtpd."""

import asyncio
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP

from bounceclass import classify, parse


class Bounces:
    """Hands each verdict to a function of yours; when that fails, the mail server keeps the mail and tries again."""

    def __init__(self, handle):
        self.handle = handle

    async def handle_DATA(self, server, session, envelope):
        try:
            report = await asyncio.to_thread(parse, envelope.content)
            for verdict in classify(report):
                self.handle(verdict)
        except Exception:
            return "451 4.3.0 Try again later"
        return "250 2.0.0 OK"


class LongLines(LMTP):
    line_length_limit = 2**16  # some servers write lines longer than RFC 5321 allows


class LmtpController(Controller):
    def factory(self):
        return LongLines(self.handler, enable_SMTPUTF8=True)


if __name__ == "__main__":
    controller = LmtpController(Bounces(lambda verdict: print(verdict.recipient, verdict.reason, flush=True)), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    asyncio.new_event_loop().run_forever()
