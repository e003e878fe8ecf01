"""Pincite: search a folder of documents, with every passage and quote cited to its exact place."""
