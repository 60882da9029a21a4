"""Data sets of a page are loaded by worker processes, as a reader's Python does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout import Project

from tests.support.small_course import run_to_the_end

if TYPE_CHECKING:
    from tests.support.folder import Folder

CODE = """\
import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info

class Squares(Dataset):
    def __len__(self):
        return 6

    def __getitem__(self, index):
        return index**2, get_worker_info().id

def collate(items):
    return [torch.tensor(each).tolist() for each in zip(*items)]

loader = DataLoader(Squares(), batch_size=2, num_workers=2, collate_fn=collate)
for squares, workers in loader:
    print(squares, workers)
"""
PRINTED = "[0, 1] [0, 0]\n[4, 9] [1, 1]\n[16, 25] [0, 0]"


def test_a_data_loader_has_workers_for_classes_of_the_page(folder: Folder) -> None:
    page = folder.page("page.md", (CODE, PRINTED), ("len(Squares())", "6"))
    project = Project.open(folder.root)
    (update,) = run_to_the_end(project, *project.plans([page]))
    assert not update.changes, "\n".join(map(str, update.changes))
