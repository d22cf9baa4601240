"""The content of offline.json: codes at their bounds, with leading zeros, and what is no code at all."""

from offline import (
    HOUR_MS,
    HOURS,
    authenticator_code,
    authenticator_step,
    base32,
    booking_code,
    booking_payload,
    offline_grant,
    offline_use,
    phone_answer,
    read_booking_code,
    revocation_code,
    sheet_code,
)
from wire import U24, U32, box_id

JUNE = 1_781_136_000_000  # 2026-06-11, a whole hour
WRAP = 2**14 * HOUR_MS  # how far apart two starts are that are written the same


def make_offline(fixed) -> dict:
    """`fixed(name, length)` gives input bytes that have a name."""
    return {
        "sheets": [_sheet(fixed, name) for name in ("a", "b", "c")],
        "bookings": _bookings(fixed),
        "foreign": _foreign(fixed),
        "phone": _phone(fixed),
        "authenticators": [_authenticator(fixed, name) for name in ("a", "b")],
        "uses": _uses(),
        "grants": [{"sequence": n, "grant": offline_grant(n)} for n in (1, 2, 41, 2**31 - 1, 2**31, U32)],
    }


def _sheet(fixed, name: str) -> dict:
    key = fixed(f"sheet key {name}", 32)
    cells = [(0, 1), (0, 32), (1, 1), (1, 2), (2, 1), (31, 1), (31, 32)]
    # And the first cell of this sheet whose code begins with two zeros.
    everywhere = ((target, cell) for target in range(32) for cell in range(1, 33))
    cells.append(next(place for place in everywhere if sheet_code(key, *place).startswith("00")))
    return {
        "key": key,
        "cells": [{"target": t, "cell": c, "code": sheet_code(key, t, c)} for t, c in cells],
        "revocations": [{"generation": g, "code": revocation_code(key, g)} for g in (1, 2, 3, 256, U24)],
    }


def _bookings(fixed) -> list:
    starts = [(JUNE, 3), (JUNE - JUNE % WRAP - HOUR_MS, 1), (JUNE - JUNE % WRAP, 31), (JUNE + WRAP // 2, 20)]
    cases = []
    for turn, (start_ms, bin_number) in enumerate(starts):
        for place, hours in enumerate(HOURS):
            box, key = box_id(fixed(f"booking box {turn}", 8)), fixed(f"booking key {turn}", 32)
            booking = {
                "bin": bin_number,
                "startMs": start_ms,
                "endMs": start_ms + hours * HOUR_MS,
                "serial": (turn + place) % 4,
            }
            payload = booking_payload(bin_number, start_ms, booking["endMs"], booking["serial"])
            code = booking_code(key, box, payload)
            assert read_booking_code(key, box, code) == payload
            cases.append({"boxId": box, "key": key, "booking": booking, "payload": payload, "code": code})
    return cases


def _foreign(fixed) -> list:
    """Codes as people mistype them, and what they say: nearly always nothing."""
    box, key = box_id(fixed("booking box 0", 8)), fixed("booking key 0", 32)
    codes = [f"{int.from_bytes(fixed(f'typed {n}', 8), 'big') % 10**12:012d}" for n in range(20)]
    codes += ["000000000000", "999999999999"]
    # Payloads that would open bin 0, enciphered as if somebody had issued them: they say nothing either.
    codes += [booking_code(key, box, payload) for payload in (0, 3, 2**7, 2**25 - 2**7)]
    return [
        {"boxId": box, "key": key, "code": code, "payload": read_booking_code(key, box, code)} for code in codes
    ]


def _phone(fixed) -> list:
    key = fixed("phone key", 32)
    asked = [("00000000", 0), ("00000000", 1), ("00000001", 31), ("12345678", 0), ("12345678", 3)]
    asked += [("99999999", 31), ("00777777", 25), ("12444436", 0)]
    return [
        {"key": key, "challenge": challenge, "target": target, "answer": phone_answer(key, challenge, target)}
        for challenge, target in asked
    ]


def _authenticator(fixed, name: str) -> dict:
    key = fixed(f"authenticator key {name}", 20)
    times = [0, 29_999, 30_000, 59_000, 1_111_111_109_000, JUNE, JUNE + 30_000, 20_000_000_000_000, 2**48 - 1]
    return {
        "key": key,
        "base32": base32(key),
        "codes": [
            {
                "timeMs": time_ms,
                "step": authenticator_step(time_ms),
                "code": authenticator_code(key, authenticator_step(time_ms)),
            }
            for time_ms in times
        ],
    }


def _uses() -> list:
    uses = [("sheet", 3, 7), ("sheet", U24, 32), ("booking", 1, 132), ("booking", U24, 2**25 - 1)]
    uses += [("phone", 0, 12_345_678), ("phone", 0, 0), ("authenticator", 0, 59_371_200), ("authenticator", 0, U32)]
    return [
        {"method": method, "generation": generation, "number": number, "bytes": offline_use(method, generation, number)}
        for method, generation, number in uses
    ]
