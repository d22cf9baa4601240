"""The layouts of the wire that have no key in them: names, messages, log entries (see ../README.md)."""

RECORD, HELLO, WELCOME, CLAIM_HELLO, CLAIM_WELCOME, RECOVER_HELLO, RECOVER_WELCOME = range(7)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
U8, U24, U32, U48 = 2**8 - 1, 2**24 - 1, 2**32 - 1, 2**48 - 1


def number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def frame_type(kind: int) -> bytes:
    return bytes([1 << 5 | kind])


def box_id(raw: bytes) -> str:
    value, text = int.from_bytes(raw, "big"), ""
    for _ in range(13):
        value, digit = divmod(value, 32)
        text = CROCKFORD[digit] + text
    return text


def crc8(raw: bytes) -> int:
    """Polynomial division over the bits of the message with 8 zero bits behind it."""
    remainder = int.from_bytes(raw + b"\0", "big")
    for position in range(len(raw) * 8 + 7, 7, -1):
        if remainder >> position & 1:
            remainder ^= 0x107 << (position - 8)
    return remainder


def label(raw: bytes) -> str:
    return f"SBX1:{box_id(raw)}:{crc8(raw):02x}"


def cbor_head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * size):
            return bytes([major << 5 | info]) + number(argument, size)
    raise ValueError(argument)


def cbor(value) -> bytes:
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return cbor_head(0, value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        return cbor_head(3, len(value.encode())) + value.encode()
    return cbor_head(4, len(value)) + b"".join(cbor(item) for item in value)


# name: direction, number, fields in order; a field with choices carries them.
CATALOGUE = {
    "session-confirmed": ("up", 1, ["logEnd", "logHash", "firmware", "binCount", "settingsVersion"]),
    "access-requested": (
        "up",
        2,
        ["request", ("kind", ["code", "fob", "further", "remote"]), "code", "tag", "bin", "logEnd", "follows"],
    ),
    "log-reported": ("up", 3, ["first", "entries"]),
    "heartbeat": (
        "up",
        4,
        ["uptimeMs", "mains", "batteryPercent", "logEnd", "firmware", "settingsVersion"],
    ),
    "emergency-confirmed": (
        "up",
        5,
        ["version", "sheetGeneration", "sheetRevoked", "bookingGeneration", "authenticator"],
    ),
    "access-granted": ("down", 32, ["request", "bin", ("purpose", ["withdraw", "return", "service"]), "grant"]),
    "access-refused": (
        "down",
        33,
        ["request", ("reason", ["refused", "nothing-free", "try-again"]), "waitMs"],
    ),
    "log-acknowledged": ("down", 34, ["end", "hash"]),
    "heartbeat-answered": ("down", 35, ["timeMs"]),
    "settings-changed": ("down", 36, ["version", ("language", ["ja", "en"]), "helpPhone", "leftOpenMs", "idleMs"]),
    "emergency-changed": (
        "down",
        37,
        [
            "version",
            "sheetGeneration",
            "sheetKey",
            "sheetUntilMs",
            "cellsPerBin",
            "cellsForAll",
            "bookingGeneration",
            "bookingKey",
            "firstUseHours",
            "cancelled",
            "phoneKey",
            "authenticatorKey",
            "openOrder",
            "sleepAfterMs",
            "awakeMs",
        ],
    ),
    "further-asked": ("down", 38, ["request", ("what", ["second-code", "bin"]), "waitMs"]),
    "opening-asked": ("down", 39, ["order", "bin", ("press", ["none", "button"]), "waitMs"]),
}
# Came after its message: not written while it is zero, as by boxes that do not know it.
LATER = {"access-requested": "follows"}


def encode_message(name: str, *values) -> bytes:
    _, wire_number, fields = CATALOGUE[name]
    places = [
        field[1].index(value) if isinstance(field, tuple) else value for field, value in zip(fields, values)
    ]
    assert len(values) == len(fields), name
    if LATER.get(name) == fields[-1] and not any(places[-1]):
        places.pop()
    body = cbor([wire_number, *places])
    return body.ljust(64, b"\0") if name == "access-requested" else body


# In the order in which they came: the golden log is chained in this order, and what is frozen stays.
KINDS = {
    "booted": 1,
    "claimed": 2,
    "open-intended": 10,
    "bin-opened": 11,
    "bin-closed": 12,
    "bin-jammed": 13,
    "bin-forced": 14,
    "bin-left-open": 15,
    "key-taken": 20,
    "key-placed": 21,
    "keypad-locked": 30,
    "mains-lost": 40,
    "mains-restored": 41,
    "battery-low": 42,
    "code-used": 31,
    "emergency-changed": 32,
    "sheet-revoked": 33,
    "open-all-ended": 34,
    "fell-asleep": 43,
    "battery-empty": 44,
    "network-added": 45,
    "network-removed": 46,
    "main-lock-opened": 50,
    "main-lock-closed": 51,
    "main-lock-jammed": 52,
    "main-lock-forced": 53,
    "main-lock-left-open": 54,
}
SOURCES = ["unknown", "held", "trusted"]


def log_entry(entry: dict) -> bytes:
    body = number(entry["sequence"], 4) + number(entry["timeMs"], 6)
    body += bytes([SOURCES.index(entry["timeSource"]), KINDS[entry["kind"]], entry["bin"], 0, 0, 0])
    return body + number(entry["grant"], 4) + entry["tag"] + number(entry["detail"], 4)
