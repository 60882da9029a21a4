import pathlib, sys

pathlib.Path(sys.argv[1]).write_bytes(bytes(1_200_000))
