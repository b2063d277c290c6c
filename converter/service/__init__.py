"""The service: the official conversion API and our own over HTTP, on this machine. Needs the extra `server`."""
