"""The rules of `bilatcli check`."""
