"""Replies over a pipe: how many bytes, in eight bytes, then so many."""

from __future__ import annotations

import struct

_SIZE = struct.Struct("<Q")


def framed(reply: bytes) -> bytes:
    """A reply with its size before it."""
    return _SIZE.pack(len(reply)) + reply


def lacking(received: bytes | bytearray) -> int:
    """How many bytes of a framed reply are still to come at least; less than 0 when there are too many."""
    if len(received) < _SIZE.size:
        return _SIZE.size - len(received)
    return _SIZE.size + int(_SIZE.unpack_from(received)[0]) - len(received)


def unframed(received: bytes | bytearray) -> bytes:
    """The reply of a frame that lacks nothing, and what came behind it."""
    return bytes(memoryview(received)[_SIZE.size :])
