"""Assets: a declaration has a meaning, and its digest is of what pages can see."""

from __future__ import annotations

import pytest
from codeout.data.assets import Asset, digest_assets
from codeout.errors import ConfigError

SHA256 = "0" * 64


def test_the_digest_is_of_paths_and_contents() -> None:
    one, other = Asset("one.bin", SHA256, ("https://a/b",)), Asset("other.bin", SHA256, ())
    assert digest_assets([one, other]) == digest_assets(
        [other, Asset("one.bin", SHA256, (), "make.py")]
    )
    assert (
        len(
            {
                digest_assets([]),
                digest_assets([one]),
                digest_assets([other]),
                digest_assets([one, other]),
            }
        )
        == 4
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("../out.bin", SHA256, ()), "asset '../out.bin': the path must stay"),
        (("/etc/passwd", SHA256, ()), "asset '/etc/passwd': the path must stay"),
        (("", SHA256, ()), "asset '': the path must stay"),
        (("a.bin", "397923af", ()), "asset a.bin: sha256 takes 64 lower-case hexadecimal digits"),
        (("a.bin", SHA256, ("ftp://a",)), "asset a.bin: no source can be ftp"),
        (("a.bin", SHA256, ("deb:-o/a",)), "asset a.bin: no source can be deb"),
    ],
)
def test_an_asset_without_meaning_is_refused(
    fields: tuple[str, str, tuple[str, ...]], message: str
) -> None:
    with pytest.raises(ConfigError, match=f"^{message}"):
        Asset(*fields)
