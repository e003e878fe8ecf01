"""A document each field of which attacks the page."""

SCRIPT = '<script>alert("x")</script>'
HOSTILE = {
    "_id": 'a//b?c=d&e#f"><i>',
    "title": f"Spine {SCRIPT}",
    "text": f"{SCRIPT} Spinal tumors are <b>growths</b> &amp; masses.\n\n"
    "</mark></p><img src=x onerror=alert(1)> Spine.",
    "authors": ['" onmouseover="alert(1)', "<i>Perrin</i>"],
    "date": "<2011>",
    "url": "javascript:alert(1)",
}
