#!/usr/bin/env python3
"""Makes the golden vectors from the formulas in ../README.md, with no code of the TypeScript.

Without arguments it writes the JSON files beside it; with --check it compares them and exits 1 if one
differs. Every input is derived from a name by SHA-256, so the output never changes by itself.
"""

import base64
import json
import pathlib
import sys

sys.dont_write_bytecode = True  # nothing but the vectors is left behind

from audit import check_audit, make_audit  # noqa: E402
from format_preserving import check_ff1  # noqa: E402
from offline import check_offline, offline_grant, offline_use  # noqa: E402
from offline_vectors import make_offline  # noqa: E402
from primitives import check, hkdf_expand, hmac_sha256, seal, sha256, x25519, x25519_public  # noqa: E402
from wire import (  # noqa: E402
    CATALOGUE,
    CLAIM_HELLO,
    CLAIM_WELCOME,
    HELLO,
    KINDS,
    RECORD,
    RECOVER_HELLO,
    RECOVER_WELCOME,
    SOURCES,
    U8,
    U24,
    U32,
    U48,
    WELCOME,
    box_id,
    encode_message,
    frame_type,
    label,
    log_entry,
    number,
)

HERE = pathlib.Path(__file__).parent


def fixed(name: str, length: int) -> bytes:
    """Input bytes that have a name."""
    return hkdf_expand(sha256(b"smartbox golden vectors"), name.encode(), length)


# --- names ---------------------------------------------------------------------------------------


def make_identity() -> dict:
    ids = [bytes(8), b"\xff" * 8, b"\0" * 7 + b"\x01", b"\x80" + b"\0" * 7]
    ids += [fixed(f"box id {n}", 8) for n in range(4)]
    claims = []
    wanted = 6  # four codes as they come, then two whose leading zeros must be kept
    counter = 0
    while len(claims) < wanted:
        raw, factory_key = fixed(f"claim box {counter}", 8), fixed(f"claim key {counter}", 32)
        nonce = fixed(f"claim nonce {counter}", 16)
        code = claim_code(factory_key, nonce, box_id(raw))
        if len(claims) < 4 or code.startswith("00"):
            claims.append({"boxId": box_id(raw), "factoryKey": factory_key, "nonce": nonce, "code": code})
        counter += 1
    return {
        "boxes": [
            {
                "bytes": raw,
                "boxId": box_id(raw),
                "label": label(raw),
                "up": f"sb/1/{box_id(raw)}/up",
                "down": f"sb/1/{box_id(raw)}/dn",
            }
            for raw in ids
        ],
        "claimCodes": claims,
        "passwords": [
            {"key": key, "password": base64.urlsafe_b64encode(hkdf_expand(key, b"SBX1 mqtt", 33)).decode()}
            for key in (bytes(32), b"\xff" * 32, fixed("password key", 32))
        ],
    }


# --- messages ------------------------------------------------------------------------------------


JUNE = 1_781_136_000_000  # 2026-06-11


def sample_bodies():
    nonce, tag, hash16 = fixed("request", 8), fixed("tag", 8), fixed("log hash", 16)
    yield "session-confirmed", 0, bytes(16), "", 0, 0
    yield "session-confirmed", 23, hash16, "1.0.0", 8, 24
    yield "session-confirmed", U32, b"\xff" * 16, "1.2.3-4567890abc", U8, U32
    yield "access-requested", bytes(8), "code", "", b"", 0, 0, bytes(8)
    yield "access-requested", nonce, "code", "12345678", b"", 0, 255, bytes(8)
    yield "access-requested", nonce, "code", "1234567890123456", b"", 0, 256, bytes(8)
    yield "access-requested", nonce, "fob", "", tag, 24, 65535, bytes(8)
    yield "access-requested", b"\xff" * 8, "fob", "9999999999999999", b"\xff" * 8, U8, U32, bytes(8)
    yield "log-reported", 0, [bytes(48)]
    yield "log-reported", 65536, [fixed("entry a", 48), fixed("entry b", 48)]
    yield "log-reported", U32, [fixed(f"entry {n}", 48) for n in range(16)]
    yield "heartbeat", 0, False, 0, 0, "", 0
    yield "heartbeat", 86_400_000, True, 100, 1234, "1.0.0", 7
    yield "heartbeat", U48, True, U8, U32, "版本一二三", U32
    yield "access-granted", bytes(8), 0, "withdraw", 0
    yield "access-granted", nonce, 3, "withdraw", 41
    yield "access-granted", b"\xff" * 8, U8, "return", U32
    yield "access-refused", bytes(8), "refused", 0
    yield "access-refused", nonce, "nothing-free", 30_000
    yield "access-refused", b"\xff" * 8, "try-again", U32
    yield "log-acknowledged", 0, bytes(16)
    yield "log-acknowledged", U32, hash16
    yield "heartbeat-answered", 0
    yield "heartbeat-answered", JUNE
    yield "heartbeat-answered", U48
    yield "settings-changed", 0, "ja", "", 0, 0
    yield "settings-changed", 9, "en", "+81 3-1234-5678", 60_000, 30_000
    yield "settings-changed", U32, "ja", "電話 03-1234-5678 係", U32, U32
    yield "emergency-confirmed", 0, 0, False, 0, False
    yield "emergency-confirmed", 24, 3, True, 2, True
    yield "emergency-confirmed", U32, U24, True, U24, True
    yield "emergency-changed", 0, 0, b"", 0, 0, 0, 0, b"", 0, [], b"", b"", b"", 0, 0
    sheet, booking, phone = fixed("sheet key", 32), fixed("booking key", 32), fixed("phone key", 32)
    app, order = fixed("authenticator key", 20), bytes([3, 1, 2])
    # A sheet without bookings, bookings without a sheet, and both.
    yield "emergency-changed", 1, 1, sheet, JUNE, 10, 5, 0, b"", 0, [], b"", b"", order, 120_000, 60_000
    yield "emergency-changed", 2, 0, b"", 0, 0, 0, 1, booking, 24, [0, 132, 2**25 - 1], phone, b"", b"", 1, 2
    yield "emergency-changed", 23, 3, sheet, JUNE, 10, 5, 2, booking, 0, [], phone, app, order, 120_000, 60_000
    longest = [U32] * 64, b"\xff" * 32, b"\xff" * 20, bytes(range(1, 32)), U32, U32
    yield "emergency-changed", U32, U24, b"\xff" * 32, U48, 32, 32, U24, b"\xff" * 32, U8, *longest
    follows = fixed("followed request", 8)
    yield "access-requested", nonce, "further", "123456", b"", 0, 41, follows
    yield "access-requested", nonce, "further", "", b"", 7, 42, follows
    yield "access-requested", nonce, "remote", "", b"", 0, 43, follows
    yield "access-requested", b"\xff" * 8, "remote", "9999999999999999", b"\xff" * 8, U8, U32, b"\xff" * 8
    yield "access-granted", nonce, 0, "service", 42
    yield "further-asked", bytes(8), "second-code", 0
    yield "further-asked", nonce, "bin", 120_000
    yield "further-asked", b"\xff" * 8, "bin", U32
    yield "opening-asked", bytes(8), 0, "none", 0
    yield "opening-asked", follows, 3, "button", 60_000
    yield "opening-asked", b"\xff" * 8, U8, "button", U32


def make_messages() -> dict:
    cases = []
    for name, *values in sample_bodies():
        direction, _, fields = CATALOGUE[name]
        names = [field[0] if isinstance(field, tuple) else field for field in fields]
        cases.append(
            {
                "name": name,
                "direction": direction,
                "body": dict(zip(names, values)),
                "bytes": encode_message(name, *values),
            }
        )
    return {"messages": cases}


# --- handshake and records -----------------------------------------------------------------------


def record(key: bytes, session: bytes, sequence: int, direction: str, box: str, body: bytes) -> bytes:
    header = frame_type(RECORD) + session + number(sequence, 4)
    aad = header + box.encode() + direction.encode()
    return header + seal(key, bytes(8) + number(sequence, 4), body, aad)


def step(root_key: bytes) -> bytes:
    return hkdf_expand(root_key, b"SBX1 step")


def handshake(name: str, epoch: int, with_share: bool) -> dict:
    box = box_id(fixed(f"{name} box", 8))
    root = fixed(f"{name} root", 32)
    given = {
        "boxId": box,
        "epoch": epoch,
        "rootKey": root,
        "counter": min(7 + epoch, U32),
        "boxNonce": fixed(f"{name} box nonce", 16),
        "firmware": 0x01020003,
        "lowestVersion": 1,
        "sessionId": fixed(f"{name} session", 4),
        "cloudNonce": fixed(f"{name} cloud nonce", 16),
        "welcome": {"timeMs": JUNE + epoch, "settingsVersion": 3, "logEnd": min(1000 + epoch, U32)},
    }
    box_share = cloud_share = b""
    if with_share:
        given["boxSecret"] = fixed(f"{name} box secret", 32)
        given["cloudSecret"] = fixed(f"{name} cloud secret", 32)
        box_share, cloud_share = x25519_public(given["boxSecret"]), x25519_public(given["cloudSecret"])
    flags = bytes([1 if with_share else 0])
    signed = frame_type(HELLO) + b"\x01" + number(epoch, 4) + number(given["counter"], 4) + given["boxNonce"]
    signed += number(given["firmware"], 4) + b"\x01" + flags + box_share
    hello = signed + hmac_sha256(root, b"SBX1 hello" + signed + box.encode())[:16]
    header = frame_type(WELCOME) + given["sessionId"] + given["cloudNonce"] + flags + cloud_share
    prk = hmac_sha256(root, b"SBX1 sess" + sha256(hello) + sha256(header))
    up, down = hkdf_expand(prk, b"SBX1 up"), hkdf_expand(prk, b"SBX1 down")
    body = given["welcome"]
    sealed_body = number(body["timeMs"], 6) + b"\x01" + number(body["settingsVersion"], 4)
    sealed_body += number(body["logEnd"], 4) + b"\0"
    welcome = header + seal(down, bytes(12), sealed_body, header + box.encode())
    next_root = step(root)
    if with_share:
        shared = x25519(given["cloudSecret"], box_share)
        assert shared == x25519(given["boxSecret"], cloud_share)
        next_root = hkdf_expand(hmac_sha256(root, shared), b"SBX1 dh step")
    confirmed = encode_message("session-confirmed", given["welcome"]["logEnd"], fixed("log hash", 16), "1.2.3", 8, 3)
    request = encode_message("access-requested", fixed("request", 8), "code", "12345678", b"", 0, 1000, bytes(8))
    granted = encode_message("access-granted", fixed("request", 8), 3, "withdraw", 41)
    sent = [("up", 1, up, confirmed), ("up", 2, up, request), ("down", 1, down, granted)]
    sent += [("down", 0xFFFFFFF0, down, granted)]
    return {
        "name": name,
        **given,
        "helloFrame": hello,
        "welcomeFrame": welcome,
        "upKey": up,
        "downKey": down,
        "nextRootKey": next_root,
        "records": [
            {
                "direction": direction,
                "sequence": sequence,
                "body": data,
                "frame": record(key, given["sessionId"], sequence, direction, box, data),
            }
            for direction, sequence, key, data in sent
        ],
    }


def make_handshakes() -> dict:
    keys = [fixed("stepped root", 32)]
    for _ in range(8):
        keys.append(step(keys[-1]))
    return {
        "handshakes": [
            handshake("plain", 0, False),
            handshake("with a step", 1, True),
            handshake("last epoch", 0xFFFFFFFE, False),
        ],
        "steppedRootKeys": keys,
    }


# --- claim and recovery --------------------------------------------------------------------------


def claim_code(key: bytes, nonce: bytes, box: str) -> str:
    mac = hmac_sha256(key, b"claim" + nonce + box.encode())
    return f"{int.from_bytes(mac[:8], 'big') % 10**8:08d}"


def exchange(kind: str) -> dict:
    hello_type, welcome_type = {
        "claim": (CLAIM_HELLO, CLAIM_WELCOME),
        "recover": (RECOVER_HELLO, RECOVER_WELCOME),
    }[kind]
    box = box_id(fixed(f"{kind} exchange box", 8))
    given = {
        "kind": kind,
        "boxId": box,
        "preSharedKey": fixed(f"{kind} key", 32),
        "boxNonce": fixed(f"{kind} box nonce", 16),
        "boxSecret": fixed(f"{kind} box secret", 32),
        "firmware": 0x01020003,
        "cloudNonce": fixed(f"{kind} cloud nonce", 16),
        "cloudSecret": fixed(f"{kind} cloud secret", 32),
        "recoveryKey": fixed(f"{kind} recovery key", 32),
        "tenantTag": fixed(f"{kind} tenant", 8),
        "timeMs": JUNE,
    }
    key, name = given["preSharedKey"], f"SBX1 {kind} ".encode()
    signed = frame_type(hello_type) + given["boxNonce"] + x25519_public(given["boxSecret"])
    signed += number(given["firmware"], 4)
    hello = signed + hmac_sha256(key, name + b"hello" + signed + box.encode())[:16]
    clear = frame_type(welcome_type) + given["cloudNonce"] + x25519_public(given["cloudSecret"])
    shared = x25519(given["boxSecret"], x25519_public(given["cloudSecret"]))
    agreed = hmac_sha256(hmac_sha256(key, shared), sha256(hello + clear + box.encode()))
    body = given["recoveryKey"] + given["tenantTag"] + number(given["timeMs"], 6)
    welcome = clear + seal(hkdf_expand(agreed, name + b"seal"), bytes(12), body, clear)
    root = hkdf_expand(agreed, name + b"root" + given["tenantTag"])
    return {**given, "helloFrame": hello, "welcomeFrame": welcome, "rootKey": root}


# --- log -----------------------------------------------------------------------------------------

def make_log() -> dict:
    root = fixed("log root", 32)
    key, chain, entries = hkdf_expand(root, b"SBX1 log"), bytes(16), []
    for index, kind in enumerate(KINDS):
        entry = {
            "sequence": index + 1,
            "timeMs": 0 if index == 0 else JUNE + index * 1000,
            "timeSource": SOURCES[min(index, 2)],
            "kind": kind,
            "bin": index % 9,
            "grant": 41 if 10 <= KINDS[kind] < 30 or KINDS[kind] >= 50 else 0,
            "tag": fixed("fob", 7) + b"\0" if kind.startswith("key-") else bytes(8),
            "detail": index * 7,
        }
        if kind == "code-used":
            # Written before the entries of its opening, all of which carry the number that it gives itself.
            entry.update(grant=offline_grant(index + 1), tag=offline_use("sheet", 3, 7))
        if kind == "battery-low":
            entry.update(timeMs=U48, bin=U8, grant=U32, tag=b"\xff" * 8, detail=U32)
        body = log_entry(entry)
        chain = sha256(chain + body)[:16]
        mac = hmac_sha256(key, body)[:16]
        entries.append({"entry": entry, "bytes": body, "key": key, "mac": mac, "hash": chain})
        key = sha256(b"SBX1 log key step" + key)
    return {"rootKey": root, "entries": entries, "keyAfter": key}


# --- output --------------------------------------------------------------------------------------


def plain(value):
    """Bytes as {"hex": …}: text and bytes must not be mistaken for one another."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def main() -> int:
    check()
    check_ff1()
    check_offline()
    check_audit()
    files = {
        "identity.json": make_identity(),
        "messages.json": make_messages(),
        "handshakes.json": make_handshakes(),
        "exchanges.json": {"exchanges": [exchange("claim"), exchange("recover")]},
        "log.json": make_log(),
        "offline.json": make_offline(fixed),
        "audit.json": make_audit(fixed),
    }
    stale = []
    for name, content in files.items():
        text = json.dumps(plain(content), indent=1, ensure_ascii=False) + "\n"
        path = HERE / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"stale: {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
