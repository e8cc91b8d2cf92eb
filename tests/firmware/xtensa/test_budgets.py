"""The natives take no more instructions on Xtensa than budgets.json grants them."""

import budgets
import machines32
import pytest

pytestmark = pytest.mark.skipif(
    not machines32.has_xtensa(), reason="no Xtensa here: Debian's gcc-xtensa-lx106 and qemu-user are needed"
)


@pytest.fixture(scope="module")
def measured():
    return {name: budgets.measure(name) for name in budgets.MEASURED}


def test_every_driver_keeps_its_budget(measured, capsys):
    with capsys.disabled():
        print(f"\n{budgets.table(measured)}")
    for name, counts in measured.items():
        for key, count in counts.items():
            assert count <= budgets.budgets()[name][key], f"{name}: {key}"


def test_no_budget_is_far_above_what_is_needed(measured):
    for name, counts in measured.items():
        assert budgets.budgets()[name]["mean"] <= 2 * counts["mean"], f"{name}: write the budgets anew"
