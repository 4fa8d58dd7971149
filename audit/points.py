"""
Whether 32 bytes are a sound Ed25519 public key (RFC 8032 §5.1.3).

Libraries differ on keys that are no canonical encoding, and a key of small order lets one signature fit many messages;
neither is enrolled.
"""

_P = 2**255 - 19
_D = -121665 * pow(121666, _P - 2, _P) % _P
# The y of the points whose order divides 8: of order 1, 2, 4, and the two of order 8.
_SMALL_Y = frozenset(
    {
        1,
        _P - 1,
        0,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    }
)


def is_sound_point(encoded: bytes) -> bool:
    """Whether it is the canonical encoding of a point on the curve whose order is large."""
    if len(encoded) != 32:
        return False
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y >= _P or y in _SMALL_Y:
        return False
    x_squared = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    return pow(x_squared, (_P - 1) // 2, _P) == 1
