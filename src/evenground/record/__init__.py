"""The tamper-evident record of what was promised, decided and changed."""
