"""The auth service of the sandbox: OAuth 2.0 with PKCE, and OpenID Connect."""
