"""The language server. `server` alone knows the protocol's library; the other modules know drafts and findings."""
