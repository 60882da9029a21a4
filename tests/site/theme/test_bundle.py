"""The hook in ``theme/bundle.py``: what a page loads is joined, if that changes nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder


from bundle import join_files


def style(name: str) -> str:
    return f'<link rel="stylesheet" href="{name}">'


def script(name: str) -> str:
    return f'<script src="{name}"></script>'


def joined(folder: Folder, html: str, page: str = "a/index.html") -> str:
    """A page after the hook, with digests left out."""
    path: Path = folder.write(page, html)
    join_files(folder.root)
    return re.sub(r"site\.[0-9a-f]{8}\.", "site.X.", path.read_text(encoding="utf-8"))


def site_file(folder: Folder, kind: str) -> str:
    [file] = folder.root.glob(f"assets/*/site.*.{kind}")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("root", ["../", "", "/course/"])
def test_files_are_joined_in_their_order(folder: Folder, root: str) -> None:
    folder.write("assets/stylesheets/theme/one.css", '@charset "UTF-8";a{b:url(data:x)}\n')
    folder.write("assets/stylesheets/two.css", "c{}/*# sourceMappingURL=two.css.map */")
    folder.write("assets/javascripts/one.js", "1;\n//# sourceMappingURL=one.js.map")
    folder.write("assets/javascripts/two.js", "// no end of line")
    folder.write("assets/javascripts/three.js", "3;")
    html = (
        f"<head>{style(root + 'assets/stylesheets/theme/one.css')}<script>0</script>\n"
        f"  {style(root + 'assets/stylesheets/two.css')}</head>"
        + "\n".join(
            script(f"{root}assets/javascripts/{name}.js") for name in ["one", "two", "three"]
        )
    )
    page = joined(folder, html)
    assert page == (
        f"<head>{style(root + 'assets/stylesheets/site.X.css')}<script>0</script></head>"
        f"{script(root + 'assets/javascripts/site.X.js')}"
    )
    assert site_file(folder, "css") == "a{b:url(data:x)}\n\nc{}"
    assert site_file(folder, "js") == "1;\n\n// no end of line\n3;"
    assert joined(folder, page) == page


def test_what_is_for_authors_of_styles_is_left_out(folder: Folder) -> None:
    folder.write("assets/stylesheets/a.min.css", 'a{content:"/* */"}')
    folder.write(
        "assets/stylesheets/b.css",
        "/* One. */\n\nb {\n  color: red; /* why\n  so */\n\n  margin: 0 1px;\n}\n\n/* End. */\n",
    )
    joined(folder, style("assets/stylesheets/a.min.css") + style("assets/stylesheets/b.css"))
    expected = 'a{content:"/* */"}\n\nb {\ncolor: red;\nmargin: 0 1px;\n}\n'
    assert site_file(folder, "css") == expected


def test_what_comes_from_elsewhere_or_at_another_time_is_left(folder: Folder) -> None:
    html = (
        style("https://a.example/assets/a.css")
        + '<link rel="stylesheet" href="assets/print.css" media="print">'
        + script("//a.example/assets/a.js")
        + '<script src="assets/later.js" defer></script>'
        + '<script src="assets/m.js" type="module"></script>'
        + script("assets/alone.js")
    )
    assert joined(folder, html) == html


def test_nothing_moves_over_what_stands_between(folder: Folder) -> None:
    for name in "abcd":
        folder.write(f"assets/stylesheets/{name}.css", f"{name}{{}}")
        folder.write(f"assets/javascripts/{name}.js", f"{name};")
    styles = [style(f"assets/stylesheets/{name}.css") for name in "abcd"]
    scripts = [script(f"assets/javascripts/{name}.js") for name in "abcd"]
    page = joined(
        folder,
        "".join([*styles[:2], "<style>p{}</style>", *styles[2:]])
        + "".join([*scripts[:2], "<script>between()</script>", *scripts[2:]]),
    )
    one_style, one_script = (
        style("assets/stylesheets/site.X.css"),
        script("assets/javascripts/site.X.js"),
    )
    assert page == (
        f"{one_style}<style>p{{}}</style>{one_style}"
        f"{one_script}<script>between()</script>{one_script}"
    )


@pytest.mark.parametrize("rule", ['@import "a.css"', "a{b:url(c.png)}", "a{b:url( '../c.png')}"])
def test_a_style_sheet_that_depends_on_its_place_is_an_error(folder: Folder, rule: str) -> None:
    folder.write("assets/stylesheets/a.css", rule)
    folder.write("assets/stylesheets/b.css", "")
    html = style("assets/stylesheets/b.css") + style("assets/stylesheets/a.css")
    with pytest.raises(ValueError, match=r"a\.css cannot be joined"):
        joined(folder, html)


@pytest.mark.parametrize("url", ["data:x", '"data:x"', "'#a'", "/a.png", "https://a.example/a.png"])
def test_a_style_sheet_may_name_what_is_the_same_from_everywhere(folder: Folder, url: str) -> None:
    folder.write("assets/stylesheets/a.css", f"a{{b:url({url})}}")
    folder.write("assets/stylesheets/b.css", "")
    joined(folder, style("assets/stylesheets/a.css") + style("assets/stylesheets/b.css"))
    assert url in site_file(folder, "css")
