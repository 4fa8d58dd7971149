"""
One repair of what time-stamping authorities send: certificates in the order that DER asks for (X.690 §11.6).

RFC 5652 §5.1 lets a sender encode them in BER, in any order, and many put the signer's first; our decoder reads DER alone.
No signature covers their order, and their number and bytes stay what they were.
"""

from dataclasses import dataclass

_CERTIFICATES = 0xA0  # [0] IMPLICIT in SignedData


@dataclass(frozen=True, slots=True)
class _Piece:
    """One encoded value: where it begins, where its content does, and where both end."""

    tag: int
    begin: int
    content: int
    end: int


def in_order(answer: bytes) -> bytes:
    """
    A TimeStampResp (RFC 3161 §2.4.2) with its certificates sorted; the same bytes if there is nothing to sort.

    Nothing is judged here: bytes that are no TimeStampResp come back as they are.
    """
    try:
        [response] = _pieces(answer, 0, len(answer))
        [_status, token] = _inside(answer, response)
        [_type, explicit] = _inside(answer, token)
        [signed] = _inside(answer, explicit)
        [certificates] = [each for each in _inside(answer, signed) if each.tag == _CERTIFICATES]
        ordered = sorted(answer[each.begin : each.end] for each in _inside(answer, certificates))
    except (ValueError, IndexError):
        return answer
    return answer[: certificates.content] + b"".join(ordered) + answer[certificates.end :]


def _inside(data: bytes, piece: _Piece) -> list[_Piece]:
    return _pieces(data, piece.content, piece.end)


def _pieces(data: bytes, begin: int, end: int) -> list[_Piece]:
    """The values that lie side by side in these bytes; ValueError or IndexError when they do not fill them."""
    found = []
    while begin < end:
        length, content = data[begin + 1], begin + 2
        if length >= 0x80:
            content += length - 0x80
            length = int.from_bytes(data[begin + 2 : content], "big")
        if content + length > end:
            raise ValueError("a value is longer than what holds it")
        found.append(_Piece(data[begin], begin, content, content + length))
        begin = content + length
    return found
