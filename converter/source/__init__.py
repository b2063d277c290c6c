"""Input: from paths, streams and archives to a hardened XML tree that knows where its elements stand."""
