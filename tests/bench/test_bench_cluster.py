"""The bench of the cluster: a simulation that can be checked by hand, and a report of it."""

from __future__ import annotations

from codeout.cluster import queues

from bench import cluster, kept
from bench.cluster import OURS, ClusterRuns, ClusterScale, plain, spread
from bench.cluster_report import cluster_section, cluster_targets, overhead
from bench.corpus import mixed
from bench.simulate import AHEAD, lower_bound, makespan, repeated

RUNS = ClusterRuns(
    ClusterScale(rounds=1, pages=100, workers=(1, 2), empty=10, simulated=300),
    {"CPU": "a quick one", "load before": "0.10"},
    {plain(1): (10.0,), spread(1): (11.0,), plain(2): (6.0,), spread(2): (7.0,)},
    {OURS: (0.0,) * 90 + (0.1,) * 9 + (1.0,), "others": (5.0, 0.5)},
    0.002,
)


def test_one_worker_takes_all_the_work_and_waits_only_for_the_first_page() -> None:
    assert makespan([3.0, 1.0, 2.0], 1, 0.5) == 0.5 + 6.0
    assert makespan([3.0, 1.0, 2.0], 1, 0.0) == lower_bound([3.0, 1.0, 2.0], 1) == 6.0


def test_workers_share_the_work_the_longest_page_first() -> None:
    assert makespan([4.0, 1.0, 1.0, 1.0, 1.0], 2, 0.0) == lower_bound([4.0, 1, 1, 1, 1], 2) + 1.0
    assert makespan([2.0, 2.0, 2.0, 2.0], 2, 0.0) == 4.0
    assert lower_bound([9.0, 1.0], 5) == 9.0


def test_the_scheduler_is_the_limit_where_pages_are_short() -> None:
    assert makespan([0.0] * 1000, 100, 0.01) == sum([0.01] * 1000)
    assert repeated([1.0, 2.0], 5) == [1.0, 2.0, 1.0, 2.0, 1.0]


def test_simulated_workers_have_as_many_pages_as_real_ones() -> None:
    assert vars(queues)["_AHEAD"] == AHEAD


def test_a_page_more_is_the_difference_divided_by_the_pages() -> None:
    assert overhead(RUNS, 1) == 10.0
    assert [target.met for target in cluster_targets(RUNS)] == [True]
    assert round(RUNS.start, 3) == round((10.0 - 1.9) / 100, 3)


def test_report_has_every_case_and_every_number_of_workers() -> None:
    section = cluster_section(RUNS)
    assert f"| `{spread(2)}` | 7.00\u00a0s | 7.00 to 7.00\u00a0s | 10.0\u00a0ms |" in section
    for workers in ("10", "100", "1,000"):
        assert f"| others | {workers} |" in section
    assert "500 pages a second" in section


def test_results_are_kept_as_they_are(tmp_path: kept.Path) -> None:
    found = kept.Kept(cluster=RUNS)
    kept.write(found, tmp_path / "results.json")
    assert kept.read(tmp_path / "results.json") == found


def test_pages_of_mixed_weight() -> None:
    pages = mixed(100)
    heavy = [page for page in pages if "40000000" in page.blocks[0]]
    medium = [page for page in pages if "(4000000)" in page.blocks[0]]
    assert (len(heavy), len(medium), len({page.name for page in pages})) == (1, 9, 100)


def test_durations_of_this_repository_are_in_its_lock() -> None:
    assert len(cluster.of_repository()) > 10
    assert max(cluster.of_repository()) > 1
