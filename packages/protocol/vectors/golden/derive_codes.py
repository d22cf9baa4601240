#!/usr/bin/env python3
"""Prints the codes for openings without the cloud that follow from given secrets, as a second opinion.

It reads one JSON object on standard input and writes one on standard output. Keys are in hexadecimal. Every
part may be left out; what is asked for in lists is answered in the same order:

  {"boxId": "0123456789ABC",
   "sheet": {"key": "…64 digits", "generation": 3, "cells": [{"target": 0, "cell": 1}]},
   "booking": {"key": "…64 digits", "bookings": [{"bin": 3, "startMs": 0, "endMs": 3600000, "serial": 0}],
               "codes": ["012345678901"]},
   "phone": {"key": "…64 digits", "questions": [{"challenge": "01234567", "target": 3}]},
   "authenticator": {"key": "…40 digits", "timesMs": [59000]}}

answers

  {"sheet": {"codes": ["…8 digits"], "revocationCode": "…10 digits"},
   "booking": {"payloads": [0], "codes": ["…12 digits"], "read": [null]},
   "phone": {"answers": ["…8 digits"]},
   "authenticator": {"steps": [1], "codes": ["…8 digits"], "base32": "…32 letters"}}

Target 0 stands for all bins. `codes` of a booking are typed ones; `read` says their payloads, null for a code
that says nothing. `boxId` is needed for bookings only. It ends with 2 and a line on standard error where the
input is not of this shape. It is slow and not constant-time: give it secrets only on a machine that may know them.
"""

import json
import sys

sys.dont_write_bytecode = True  # nothing but codes is left behind

from format_preserving import check_ff1  # noqa: E402
from offline import (  # noqa: E402
    authenticator_code,
    authenticator_step,
    base32,
    booking_code,
    booking_payload,
    check_offline,
    phone_answer,
    read_booking_code,
    revocation_code,
    sheet_code,
)


def secret(part: dict, length: int) -> bytes:
    key = bytes.fromhex(part["key"])
    if len(key) != length:
        raise ValueError(f"a key of {len(key)} bytes where {length} are needed")
    return key


def sheet(part: dict, _box: str) -> dict:
    key = secret(part, 32)
    return {
        "codes": [sheet_code(key, cell["target"], cell["cell"]) for cell in part.get("cells", [])],
        "revocationCode": revocation_code(key, part["generation"]),
    }


def booking(part: dict, box: str) -> dict:
    key = secret(part, 32)
    payloads = [
        booking_payload(one["bin"], one["startMs"], one["endMs"], one["serial"])
        for one in part.get("bookings", [])
    ]
    return {
        "payloads": payloads,
        "codes": [booking_code(key, box, payload) for payload in payloads],
        "read": [read_booking_code(key, box, code) for code in part.get("codes", [])],
    }


def phone(part: dict, _box: str) -> dict:
    key = secret(part, 32)
    return {"answers": [phone_answer(key, one["challenge"], one["target"]) for one in part.get("questions", [])]}


def authenticator(part: dict, _box: str) -> dict:
    key = secret(part, 20)
    steps = [authenticator_step(time_ms) for time_ms in part.get("timesMs", [])]
    return {"steps": steps, "codes": [authenticator_code(key, step) for step in steps], "base32": base32(key)}


PARTS = {"sheet": sheet, "booking": booking, "phone": phone, "authenticator": authenticator}


def main() -> int:
    check_ff1()
    check_offline()
    try:
        asked = json.load(sys.stdin)
        if not isinstance(asked, dict):
            raise TypeError("no JSON object")
        answer = {name: derive(asked[name], asked.get("boxId", "")) for name, derive in PARTS.items() if name in asked}
    except (AssertionError, AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        print(f"not what this command reads: {error!r}", file=sys.stderr)
        return 2
    print(json.dumps(answer, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
