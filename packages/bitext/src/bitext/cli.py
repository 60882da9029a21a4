"""The command ``bitext``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bitext.github import annotation, on_github
from bitext.glossary import Glossary, GlossaryError, read_glossary
from bitext.page import PAGE_SUFFIXES, PageError, load
from bitext.rules import check as check_page
from bitext.settings import SettingsError, find_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _MisuseError(click.ClickException):
    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bitext")
def main() -> None:
    """Check pages that say everything in Korean and in English."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The terms; [tool.bitext] names them otherwise.",
)
def check(paths: tuple[Path, ...], glossary: Path | None) -> None:
    """Say where the two languages of the pages at PATHS do not agree.

    A path is a page, a folder of pages, or the configuration of MkDocs with its navigation.
    """
    try:
        sys.exit(1 if _check([*dict.fromkeys(_files(paths))], glossary) else 0)
    except (GlossaryError, PageError, SettingsError) as error:
        raise _MisuseError(str(error)) from error


def _check(files: Sequence[Path], named: Path | None) -> int:
    """Print the findings of the files, and return their number."""
    settings = find_settings(Path.cwd())
    terms = named or settings.glossary
    glossary = read_glossary(terms) if terms else Glossary()
    pairs = findings = 0
    for file in files:
        page = load(file)
        checked = check_page(page, glossary, explains=settings.explains(file))
        pairs += checked.pairs
        findings += len(checked.findings)
        for finding in checked.findings:
            click.echo(f"{finding.format(page.locate(finding.line))}\n")
            if on_github():
                click.echo(annotation(finding, page))
    result = _count(findings, "finding") if findings else "nothing to report"
    click.echo(f"{_count(len(files), 'page')}, {_count(pairs, 'pair')}, {result}")
    return findings


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, and of each folder the pages in it that are not hidden."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = [file for file in sorted(path.rglob("*")) if _is_page(file, path)]
        if not files:
            raise PageError(f"no page at {path}")
        yield from files


def _is_page(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix in PAGE_SUFFIXES and file.is_file() and not hidden


def _count(count: int, thing: str) -> str:
    return f"{count} {thing if count == 1 else f'{thing}s'}"
