"""The results of a check as JUnit's XML: a suite for each page, a case for each block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from codeout.cli.report import write_report
from codeout.engine.outcome_of import outcome_of
from codeout.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.engine.update import Update


def write_junit(updates: Sequence[Update], file: Path, root: Path) -> None:
    """Write the results of a check, in the order of the pages' names.

    Args:
        updates: The results.
        file: Where a person asks for them.
        root: The project's folder.

    Raises:
        ConfigError: The file cannot be written.
    """
    suites = ET.Element("testsuites", name="codeout")
    for update in sorted(updates, key=lambda each: each.plan.path):
        _add_suite(suites, update)
    xml = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    write_report(xml, file, root, "--junit")


def _add_suite(root: ET.Element, update: Update) -> None:
    plan = update.plan
    found = update.problems_by_block()
    titles = dict(enumerate(block.title for block in plan.running))
    outcome = outcome_of(plan)
    tests = len(found) + len(outcome.gaps)
    suite = ET.SubElement(root, "testsuite", name=_xml(plan.path), tests=str(tests))
    suite.set("failures", str(sum(bool(problems) for problems in found.values())))
    if not update.problems and not update.changes:
        properties = ET.SubElement(suite, "properties")
        ET.SubElement(properties, "property", name="result", value=outcome.result)
    for gap in outcome.gaps:
        name = f"{gap.title}: {gap.what}"
        case = ET.SubElement(suite, "testcase", classname=_xml(plan.path), name=_xml(name))
        ET.SubElement(case, "skipped", message=_xml("; ".join(filter(None, (gap.fate, gap.hint)))))
    for at, problems in found.items():
        name = titles.get(at, "page")
        case = ET.SubElement(suite, "testcase", classname=_xml(plan.path), name=_xml(name))
        if update.problems and not problems:
            ET.SubElement(case, "skipped", message="not compared: the page failed")
        for problem in problems:
            failure = ET.SubElement(case, "failure", message=_xml(problem.message))
            failure.text = _xml(str(problem))


def _xml(text: str) -> str:
    """Text with control characters made visible, without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", escape(text))
