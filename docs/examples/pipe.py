#!/usr/bin/env python3
"""
Judge a mail from a pipe, and note its verdicts in a file: for Postfix's pipe(8), .forward, procmail and sieve's execute.

Nothing is lost: what cannot be written, on a full disk say, ends with status 75 (EX_TEMPFAIL), and the server tries again.
"""

import json
import os
import sys

from bounceclass import classify, parse

EX_TEMPFAIL = 75  # sysexits.h


def note(octets: bytes, path: str) -> None:
    """Append a line for each verdict, all of them or none."""
    report = parse(octets)
    lines = "".join(json.dumps(verdict.to_dict()) + "\n" for verdict in classify(report)).encode()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        before = os.fstat(file).st_size
        if os.write(file, lines) < len(lines):
            os.ftruncate(file, before)
            raise OSError("the disk is full")
        if before or lines:
            os.fsync(file)
    finally:
        os.close(file)


if __name__ == "__main__":
    try:
        note(sys.stdin.buffer.read(), sys.argv[1])
    except Exception as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
        sys.exit(EX_TEMPFAIL)
