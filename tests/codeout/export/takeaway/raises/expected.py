# %% tags=["raises-exception"]
try:
    text = """
first
    second
"""
    for line in text.splitlines():

        int(f"""{line}
!""")
except Exception as _error:
    print(f"{type(_error).__name__}: {_error}")

# %% tags=["raises-exception"]
# x = = 1

# %% tags=["raises-exception"]
try:
    raise SystemExit(1)
except BaseException as _error:
    print(f"{type(_error).__name__}: {_error}")

# %% tags=["raises-exception"]
try:
    text.missing
except Exception as _error:
    print(f"{type(_error).__name__}: {_error}")
