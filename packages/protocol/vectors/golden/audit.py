"""The audit's tree, heads and file, from RFC 9162 (section 2.1), RFC 8032 and the formulas in ../README.md.

The trees are computed by the RFC's recursive definitions over lists of leaves, with nothing kept in between: slow
and hard to get wrong.
"""

import hashlib
import json

# --- RFC 8032, section 6: Ed25519 --------------------------------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _recover_x(y: int, sign: int) -> int:
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if (x & 1) != sign else x


GY = 4 * pow(5, P - 2, P) % P
GX = _recover_x(GY, 0)
G = (GX, GY, 1, GX * GY % P)


def _add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _multiply(scalar: int, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _compress(point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return int.to_bytes(y | ((x & 1) << 255), 32, "little")


def _expand(secret: bytes):
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return (scalar & ((1 << 254) - 8)) | (1 << 254), digest[32:]


def public_key(secret: bytes) -> bytes:
    return _compress(_multiply(_expand(secret)[0], G))


def sign(secret: bytes, message: bytes) -> bytes:
    scalar, prefix = _expand(secret)
    public = _compress(_multiply(scalar, G))
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % Q
    point = _compress(_multiply(r, G))
    h = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % Q
    return point + int.to_bytes((r + h * scalar) % Q, 32, "little")


# --- RFC 9162, section 2.1: the tree -----------------------------------------------------------------


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\0" + leaf)


def _split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root(leaves: list) -> bytes:
    """2.1.1."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = _split(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def path(m: int, leaves: list) -> list:
    """2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def proof(m: int, leaves: list) -> list:
    """2.1.4.1."""
    return _subproof(m, leaves, True) if m > 0 else []


def _subproof(m: int, leaves: list, whole: bool) -> list:
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if m <= k:
        return _subproof(m, leaves[:k], whole) + [root(leaves[k:])]
    return _subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


# --- records, heads, files ---------------------------------------------------------------------------


def record_text(record: dict) -> str:
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def head_bytes(tenant: str, size: int, root_hash: bytes, timestamp: int) -> bytes:
    data = timestamp.to_bytes(8, "big") + size.to_bytes(8, "big") + b"\x20" + root_hash + b"\0\0"
    return f"smartbox-audit-head-1\n{tenant}\n".encode() + data


def signed_head(secret: bytes, tenant: str, leaves: list, timestamp: int) -> dict:
    root_hash = root(leaves)
    signature = sign(secret, head_bytes(tenant, len(leaves), root_hash, timestamp))
    return {
        "tenant_id": tenant,
        "tree_size": len(leaves),
        "root_hash": root_hash.hex(),
        "timestamp": timestamp,
        "signature": signature.hex(),
    }


def sample_records(count: int) -> list:
    records, previous = [], bytes(32)
    for n in range(1, count + 1):
        record = {
            "sequence": n,
            "previous_hash": previous.hex(),
            "recorded_at": f"2026-06-11T09:00:{n:02d}.000Z",
            "kind": "act" if n % 3 else "box_log",
            "note": ["plain", '"quoted" \\ and /', "鍵 \u007f \U0001f511", "\b\t\n\f\r\u0001\u2028"][n % 4],
            "nested": {"b": [n, None, True], "a": {}, "Z": -n, "_": 2**53 - 1},
        }
        records.append(record)
        previous = leaf_hash(record_text(record).encode())
    return records


def check_audit() -> None:
    """RFC 8032, 7.1, tests 1 and 2; RFC 9162, 2.1.5; the roots of Certificate Transparency's own tests."""
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert public_key(secret).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(secret, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    assert sign(secret, b"\x72").hex().startswith("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8f")
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(CT_LEAVES).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    d = [bytes([n]) for n in range(7)]
    a, b, c, e, f, j = (leaf_hash(d[n]) for n in (0, 1, 2, 4, 5, 6))
    g, h, i = root(d[0:2]), root(d[2:4]), root(d[4:6])
    k, l = root(d[0:4]), root(d[4:7])  # noqa: E741
    assert [path(n, d) for n in (0, 3, 4, 6)] == [[b, h, l], [c, g, l], [f, j, k], [i, k]]
    assert [proof(n, d) for n in (3, 4, 6)] == [[c, leaf_hash(d[3]), g, l], [l], [i, j, k]]
    assert a and e


CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]


def make_audit(fixed) -> dict:
    secret = fixed("audit signing key", 32)
    tenant = "ten_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12"
    records = sample_records(11)
    leaves = [record_text(record).encode() for record in records]
    heads = [signed_head(secret, tenant, leaves[:size], 1_781_136_000_000 + size) for size in range(12)]
    return {
        "trees": [
            {
                "size": size,
                "root": root(CT_LEAVES[:size]),
                "paths": [path(index, CT_LEAVES[:size]) for index in range(size)],
                "proofs": [proof(first, CT_LEAVES[:size]) for first in range(size + 1)],
            }
            for size in range(9)
        ],
        "leaves": CT_LEAVES,
        "signingKey": secret,
        "publicKey": public_key(secret),
        "records": [{"record": json.dumps(r), "text": t.decode(), "hash": leaf_hash(t)} for r, t in zip(records, leaves)],
        "heads": heads,
        "exports": [
            json.dumps(
                {
                    "format": "smartbox-audit-1",
                    "tenant_id": tenant,
                    "start": {"size": start, "subtree_hashes": [h.hex() for h in frontier(leaves[:start])]},
                    "records": records[start:end],
                    "earlier_heads": heads[start : min(end + 1, 11)],
                    "head": heads[11],
                    "consistency": [h.hex() for h in proof(end, leaves)],
                },
                ensure_ascii=False,
            )
            for start, end in ((0, 11), (0, 6), (5, 9), (8, 11))
        ],
    }


def frontier(leaves: list) -> list:
    """Roots of the whole subtrees from the left."""
    hashes = []
    while leaves:
        width = 1
        while width * 2 <= len(leaves):
            width *= 2
        hashes.append(root(leaves[:width]))
        leaves = leaves[width:]
    return hashes
