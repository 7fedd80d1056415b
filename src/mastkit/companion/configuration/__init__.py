"""How the companion is configured: the environment, the folder, the store, the address, the log."""
