"""The Flask page and the JSON endpoint."""
