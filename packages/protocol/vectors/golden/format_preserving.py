"""AES (FIPS 197) and FF1 (NIST SP 800-38G) for the golden vectors, in the Python standard library alone.

Apart from primitives.py because only booking codes need it. Slow and not constant-time: never for a real key.
"""

import functools


def _times_x(byte: int) -> int:
    """FIPS 197, 4.2.1: multiplication by x in GF(2^8)."""
    return (byte << 1) ^ (0x11B if byte & 0x80 else 0)


def _product(left: int, right: int) -> int:
    total = 0
    while right:
        if right & 1:
            total ^= left
        left, right = _times_x(left), right >> 1
    return total


def _substitution(byte: int) -> int:
    """FIPS 197, 5.1.1: the inverse in GF(2^8), here as the 254th power, then the affine map."""
    inverse, power = 1, byte
    for _ in range(7):  # 254 is 2 + 4 + … + 128
        power = _product(power, power)
        inverse = _product(inverse, power)
    turned = inverse | inverse << 8
    result = 0x63
    for shift in range(5):
        result ^= (turned >> (8 - shift)) & 0xFF
    return result


SBOX = [_substitution(byte) for byte in range(256)]


@functools.lru_cache
def _round_keys(key: bytes) -> list:
    """FIPS 197, 5.2."""
    words_in_key = len(key) // 4
    words = [list(key[at : at + 4]) for at in range(0, len(key), 4)]
    constant = 1
    while len(words) < 4 * (words_in_key + 7):
        word = list(words[-1])
        if len(words) % words_in_key == 0:
            word = [SBOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = _times_x(constant)
        elif words_in_key > 6 and len(words) % words_in_key == 4:
            word = [SBOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(word, words[-words_in_key])])
    return [sum(words[at : at + 4], []) for at in range(0, len(words), 4)]


def aes_block(key: bytes, block: bytes) -> bytes:
    """FIPS 197, 5.1. The state is column by column, as the bytes come."""
    round_keys = _round_keys(key)
    state = [a ^ b for a, b in zip(block, round_keys[0])]
    for turn, round_key in enumerate(round_keys[1:], 2):
        state = [SBOX[byte] for byte in state]
        state = [state[(at + 4 * (at % 4)) % 16] for at in range(16)]  # rows turn by their own number
        if turn < len(round_keys):
            columns = [state[at : at + 4] for at in range(0, 16, 4)]
            state = [
                _times_x(column[row])
                ^ _times_x(column[(row + 1) % 4])
                ^ column[(row + 1) % 4]
                ^ column[(row + 2) % 4]
                ^ column[(row + 3) % 4]
                for column in columns
                for row in range(4)
            ]
        state = [a ^ b for a, b in zip(state, round_key)]
    return bytes(state)


def _number(numerals: list, radix: int) -> int:
    value = 0
    for numeral in numerals:
        value = value * radix + numeral
    return value


def _numerals(value: int, radix: int, length: int) -> list:
    numerals = []
    for _ in range(length):
        value, numeral = divmod(value, radix)
        numerals.insert(0, numeral)
    return numerals


def _round_function(key: bytes, data: bytes, length: int) -> int:
    """NIST SP 800-38G, algorithms 6 and 7, step 6: a number of `length` bytes."""
    chained = bytes(16)
    for at in range(0, len(data), 16):
        chained = aes_block(key, bytes(a ^ b for a, b in zip(chained, data[at : at + 16])))
    stream = chained
    for counter in range(1, -(-length // 16)):
        stream += aes_block(key, bytes(a ^ b for a, b in zip(chained, counter.to_bytes(16, "big"))))
    return int.from_bytes(stream[:length], "big")


def ff1(key: bytes, tweak: bytes, radix: int, numerals: list, decrypt: bool = False) -> list:
    """NIST SP 800-38G, algorithms 7 (encryption) and 8 (decryption)."""
    length = len(numerals)
    short, long = length // 2, length - length // 2
    left, right = list(numerals[:short]), list(numerals[short:])
    half_bytes = (((radix**long - 1).bit_length()) + 7) // 8
    sum_bytes = 4 * -(-half_bytes // 4) + 4
    head = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([10, short % 256])
    head += length.to_bytes(4, "big") + len(tweak).to_bytes(4, "big")
    for turn in reversed(range(10)) if decrypt else range(10):
        fixed, changed = (left, right) if decrypt else (right, left)
        data = head + tweak + bytes((-len(tweak) - half_bytes - 1) % 16) + bytes([turn])
        data += _number(fixed, radix).to_bytes(half_bytes, "big")
        change = _round_function(key, data, sum_bytes)
        size = short if turn % 2 == 0 else long
        value = _number(changed, radix) + (-change if decrypt else change)
        new = _numerals(value % radix**size, radix, size)
        left, right = (new, fixed) if decrypt else (fixed, new)
    return left + right


def check_ff1() -> None:
    """FIPS 197, appendix C, and NIST's own FF1 samples: a mistake above shows here."""
    plain = bytes.fromhex("00112233445566778899aabbccddeeff")
    assert aes_block(bytes(range(16)), plain).hex() == "69c4e0d86a7b0430d8cdb78070b4c55a"
    assert aes_block(bytes(range(32)), plain).hex() == "8ea2b7ca516745bfeafc49904b496089"
    key_128 = "2b7e151628aed2a6abf7158809cf4f3c"
    key_256 = key_128 + "ef4359d8d580aa4f7f036d6f04fc6a94"
    tweaks = ["", "39383736353433323130", "3737373770717273373737"]
    texts = ["0123456789", "0123456789", "0123456789abcdefghi"]
    samples = {
        key_128: ["2433477484", "6124200773", "a9tv40mll9kdu509eum"],  # samples 1 to 3
        key_256: ["6657667009", "1001623463", "xs8a0azh2avyalyzuwd"],  # samples 7 to 9
    }
    for key, ciphers in samples.items():
        for tweak, text, cipher in zip(tweaks, texts, ciphers):
            radix = 36 if len(text) > 10 else 10
            numerals = [int(letter, 36) for letter in text]
            enciphered = ff1(bytes.fromhex(key), bytes.fromhex(tweak), radix, numerals)
            assert enciphered == [int(letter, 36) for letter in cipher], cipher
            assert ff1(bytes.fromhex(key), bytes.fromhex(tweak), radix, enciphered, decrypt=True) == numerals
