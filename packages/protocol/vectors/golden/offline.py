"""The codes for openings without the cloud, from the formulas in ../README.md and nothing of the TypeScript.

Shared by make_golden.py (frozen vectors) and derive_codes.py (codes for given secrets).
"""

import base64

from format_preserving import ff1
from primitives import hkdf_expand, hmac_sha1, hmac_sha256

HOURS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 120, 168, 240, 336, 672]
HOUR_MS = 3_600_000
REDUNDANCY = 10**12 // 2**25
METHODS = {"sheet": 1, "booking": 2, "phone": 3, "authenticator": 4}


def _digits(mac: bytes, digits: int) -> str:
    return f"{int.from_bytes(mac[:8], 'big') % 10**digits:0{digits}d}"


def truncated(mac: bytes, digits: int) -> str:
    """RFC 4226, 5.3."""
    at = mac[-1] & 15
    value = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return f"{value % 10**digits:0{digits}d}"


def sheet_code(key: bytes, target: int, cell: int) -> str:
    return _digits(hmac_sha256(key, b"SBX1 sheet" + bytes([target, cell])), 8)


def revocation_code(key: bytes, generation: int) -> str:
    return _digits(hmac_sha256(key, b"SBX1 revoke" + generation.to_bytes(4, "big")), 10)


def booking_payload(bin_number: int, start_ms: int, end_ms: int, serial: int) -> int:
    start, rest = divmod(start_ms, HOUR_MS)
    assert rest == 0 and 1 <= bin_number <= 31 and 0 <= serial <= 3, "booking"
    length = HOURS.index((end_ms - start_ms) // HOUR_MS)
    return (start % 2**14) << 11 | length << 7 | bin_number << 2 | serial


def booking_code(key: bytes, box: str, payload: int) -> str:
    numerals = [int(digit) for digit in f"{payload * REDUNDANCY:012d}"]
    enciphered = ff1(hkdf_expand(key, b"SBX1 booking"), box.encode(), 10, numerals)
    return "".join(str(numeral) for numeral in enciphered)


def read_booking_code(key: bytes, box: str, code: str):
    """The payload, or None where the code says nothing."""
    numerals = ff1(hkdf_expand(key, b"SBX1 booking"), box.encode(), 10, [int(digit) for digit in code], True)
    payload, rest = divmod(int("".join(str(numeral) for numeral in numerals)), REDUNDANCY)
    return payload if rest == 0 and payload < 2**25 and payload >> 2 & 31 != 0 else None


def phone_answer(key: bytes, challenge: str, target: int) -> str:
    """RFC 6287, 5: the suite, a zero byte, the question padded to 128 bytes."""
    question = f"{challenge}{target:02d}".encode()
    return truncated(hmac_sha256(key, b"OCRA-1:HOTP-SHA256-8:QA10\0" + question.ljust(128, b"\0")), 8)


def authenticator_code(key: bytes, step: int) -> str:
    return truncated(hmac_sha1(key, step.to_bytes(8, "big")), 8)


def authenticator_step(time_ms: int) -> int:
    return time_ms // 30_000


def base32(key: bytes) -> str:
    return base64.b32encode(key).decode().rstrip("=")


def offline_use(method: str, generation: int, number: int) -> bytes:
    return bytes([METHODS[method]]) + generation.to_bytes(3, "big") + number.to_bytes(4, "big")


def offline_grant(sequence: int) -> int:
    return sequence | 0x80000000


def check_offline() -> None:
    """The RFCs' own examples of what stands above."""
    key = b"12345678901234567890"
    assert authenticator_code(key, authenticator_step(59_000)) == "94287082"  # RFC 6238, appendix B
    assert truncated(hmac_sha1(key, (9).to_bytes(8, "big")), 6) == "520489"  # RFC 4226, appendix D
    message = b"OCRA-1:HOTP-SHA256-8:QA08\0" + b"SIG11000".ljust(128, b"\0")
    assert truncated(hmac_sha256(b"12345678901234567890123456789012", message), 8) == "04110475"  # RFC 6287, C.3
