"""Every package below the reports is held to the contract of the pure packages."""

import tomllib

from tests.repository.tree import ROOT

ABOVE = {"mastkit.cli", "mastkit.companion", "mastkit.reports", "mastkit.exchange", "mastkit.population"} | {
    "mastkit.simulation"
}


def packages() -> set[str]:
    return {f"mastkit.{path.parent.name}" for path in (ROOT / "src" / "mastkit").glob("*/__init__.py")}


def test_every_pure_package_is_in_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [c for c in contracts if c["name"].startswith("The pure packages")]
    assert set(contract["source_modules"]) == packages() - ABOVE, (
        "add the package to that contract in pyproject.toml"
    )
