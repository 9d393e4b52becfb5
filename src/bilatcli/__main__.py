"""Run bilatcli as `python -m bilatcli`."""

from bilatcli.cli.main import main

if __name__ == "__main__":
    main()
