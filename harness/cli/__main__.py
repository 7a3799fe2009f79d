"""`python -m harness.cli`: the command renkei where its script is not to be looked for."""

from harness.cli.main import main

if __name__ == "__main__":
    main()
