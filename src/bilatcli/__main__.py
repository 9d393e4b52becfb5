"""Run bilatcli as `python -m bilatcli`."""

from bilatcli.cli.main import main

main()
