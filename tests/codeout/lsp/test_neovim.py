"""The settings for Neovim in the documentation, with Neovim itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.folder import tabs
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from tests.support.folder import Folder

GUIDE = ROOT / "docs/guide/editors.md"
OLDER = """
-- What Neovim has had since 0.8 and 0.10, as it was before.
vim.lsp.start = vim.lsp.start or function(settings)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(settings))
end
vim.fs = vim.fs or {}
vim.fs.root = vim.fs.root or function() return vim.fn.getcwd() end
"""
SCRIPT = """
local out = io.open("out.txt", "w")
out:setvbuf("no")
local function wait(what, done)
  if not vim.wait(60000, done, 50) then
    out:write("no " .. what .. "\\n")
    vim.cmd("qall!")
  end
end
wait("mark", function() return #vim.diagnostic.get(0) > 0 end)
for _, mark in ipairs(vim.diagnostic.get(0)) do
  out:write(mark.lnum + 1 .. ": " .. mark.message .. "\\n")
end
local shown
vim.lsp.handlers["window/showMessage"] = function(_, told) shown = told.message end
local buffer = vim.api.nvim_get_current_buf()
wait("lens", function() return #vim.lsp.codelens.get(buffer) > 0 end)
vim.api.nvim_win_set_cursor(0, { 3, 0 })
vim.lsp.codelens.run()
wait("output", function() return shown ~= nil end)
out:write((shown or ""):gsub("[%d.]+ s:", "SECONDS:") .. "\\n")
out:close()
vim.cmd("qall!")
"""


@pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")
def test_neovim_marks_a_page_and_runs_it(folder: Folder) -> None:
    found = re.search("```lua\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("docs/a.md", tabs("1 + 1", "2"))
    folder.write("init.lua", OLDER + found[1])
    folder.write("script.lua", SCRIPT)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    around = os.environ | {"PATH": path, "HOME": str(folder.root), "XDG_STATE_HOME": "state"}
    subprocess.run(
        ["nvim", "--headless", "-u", "init.lua", "docs/a.md", "-c", "luafile script.lua"],
        cwd=folder.root,
        env=around,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=True,
    )
    assert folder.read("out.txt") == (
        "3: stale: never ran; `codeout run` refreshes it\nline 3, SECONDS: 2\n"
    )
