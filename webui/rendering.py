"""Templates to responses."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, render_template

SURROGATE = re.compile("[\ud800-\udfff]")


def render(template: str, **context: Any) -> Response:
    """A page. Half a surrogate pair, which a document can hold but UTF-8 cannot, shows as a replacement character."""
    return Response(SURROGATE.sub("\ufffd", render_template(template, **context)), mimetype="text/html")
