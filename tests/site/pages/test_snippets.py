"""The pieces in ``snippets/``: each does what its pages say, and at least two pages embed it."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any

import pytest
from codeout import Project
from codeout.data.fetch import fetch
from codeout.data.links import link_files
from codeout.engine.discovery import assets_of
from codeout.fs.cache_folder import cache_folder

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SNIPPETS = ROOT / "snippets"


@pytest.fixture(scope="module")
def torch() -> Any:
    """PyTorch, which takes seconds to load."""
    return pytest.importorskip("torch")


def names_of(piece: str) -> dict[str, Any]:
    """What a piece defines when it runs as a file."""
    return runpy.run_path(str(SNIPPETS / piece))


@pytest.mark.parametrize("piece", sorted(SNIPPETS.iterdir()), ids=lambda piece: piece.name)
def test_at_least_two_pages_embed_it(piece: Path) -> None:
    project = Project.open(SNIPPETS.parent)
    name = f"snippets/{piece.name}"
    pages = [plan.path for plan in project.plans() if name in plan.inputs.includes]
    assert len(pages) >= 2, f"{name} is embedded by {pages or 'no page'}"


def test_most_lessons_that_train_on_images_of_clothes_embed_the_dataset_but_not_all() -> None:
    """So say the lessons on data and transforms."""
    embed, train = set(), set()
    for plan in Project.open(ROOT).plans([ROOT / "docs" / "basics", ROOT / "docs" / "labs"]):
        text, included = plan.file.read_text(encoding="utf-8"), plan.inputs.includes
        if "snippets/dataset.py" in included:
            embed.add(plan.path)
        elif "datasets.FashionMNIST(" not in text:
            continue
        if "snippets/training.py" in included or "optimizer.step()" in text:
            train.add(plan.path)
    assert len(train) / 2 < len(embed & train) < len(train)


def test_device_holds_a_tensor(torch: Any) -> None:
    device = names_of("device.py")["device"]
    assert torch.ones(2, device=device).device.type == device.type


def test_dataset_has_all_images_between_0_and_1_in_batches_of_64(
    torch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    project, cache = Project.open(SNIPPETS.parent), cache_folder()
    assets = assets_of(project.config, "docs/basics/quickstart.md")
    link_files([fetch(asset, cache, project.config.root) for asset in assets], tmp_path)

    found = names_of("dataset.py")

    training_data, test_data = found["training_data"], found["test_data"]
    assert (len(training_data), len(test_data)) == (60_000, 10_000)
    image, label = training_data[0]
    assert (image.shape, image.dtype, label) == ((1, 28, 28), torch.float32, 9)
    assert (image.min(), image.max()) == (0, 1)
    images, labels = next(iter(found["test_loader"]))
    assert (images.shape, labels.shape) == ((64, 1, 28, 28), (64,))
    assert labels.tolist() == test_data.targets[:64].tolist()
    train_set, validation_set = found["train_set"], found["validation_set"]
    assert (len(train_set), len(validation_set)) == (50_000, 10_000)
    assert sorted([*train_set.indices, *validation_set.indices]) == list(range(60_000))
    _, first = next(iter(found["validation_loader"]))
    assert first.tolist() == training_data.targets[validation_set.indices[:64]].tolist()
    torch.manual_seed(0)
    unshuffled = training_data.targets[train_set.indices[:64]]
    assert next(iter(found["train_loader"]))[1].tolist() != unshuffled.tolist()


def test_network_gives_ten_scores_an_image(torch: Any) -> None:
    network = names_of("network.py")["NeuralNetwork"]()
    assert network(torch.rand(3, 1, 28, 28)).shape == (3, 10)
    assert sum(parameter.numel() for parameter in network.parameters()) == 669_706


@pytest.fixture
def points(torch: Any) -> tuple[Any, Any]:
    """Twelve points in two classes, and a model for them."""
    torch.manual_seed(0)
    places = torch.randn(12, 2)
    return list(zip(places, (places[:, 0] > 0).long(), strict=True)), torch.nn.Linear(2, 2)


def test_an_epoch_of_training_learns_and_returns_the_mean_loss(
    torch: Any, points: tuple[Any, Any]
) -> None:
    data, model = points
    loader = torch.utils.data.DataLoader(data, batch_size=5)  # the last batch holds two
    still = torch.optim.SGD(model.parameters(), lr=0.0)
    loss_fn = torch.nn.CrossEntropyLoss()
    inputs, labels = (torch.stack(column) for column in zip(*data, strict=True))
    expected = loss_fn(model(inputs), labels).item()
    train = names_of("training.py")["train"]
    device = torch.device("cpu")

    assert train(model, loader, loss_fn, still, device) == pytest.approx(expected, rel=1e-5)

    moving = torch.optim.SGD(model.parameters(), lr=1.0)
    losses = [train(model, loader, loss_fn, moving, device) for _ in range(5)]
    assert losses[-1] < losses[0]
    assert model.training


def test_evaluate_measures_in_evaluation_mode_and_learns_nothing(
    torch: Any, points: tuple[Any, Any]
) -> None:
    data, model = points
    loader = torch.utils.data.DataLoader(data, batch_size=5)
    inputs, labels = (torch.stack(column) for column in zip(*data, strict=True))
    loss_fn = torch.nn.CrossEntropyLoss()
    before = [parameter.clone() for parameter in model.parameters()]
    evaluate = names_of("training.py")["evaluate"]

    loss, accuracy = evaluate(model, loader, loss_fn, torch.device("cpu"))

    assert loss == pytest.approx(loss_fn(model(inputs), labels).item(), rel=1e-5)
    assert accuracy == pytest.approx((model(inputs).argmax(dim=1) == labels).float().mean().item())
    assert not model.training
    assert all(map(torch.equal, before, model.parameters()))
