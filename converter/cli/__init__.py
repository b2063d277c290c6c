"""The command `qrda2qpp`: thin, one file per command."""
