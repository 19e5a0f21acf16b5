"""The zip door: what is not plain and safe is refused whole, before anything is unpacked."""

from __future__ import annotations

import io

import pytest

from scenario_exchange.imported import ImportRefused
from scenario_exchange.limits import Limits
from scenario_exchange.packages import Package
from tests.exchange import hostile


def opened(data: bytes, limits: Limits | None = None) -> Package:
    return Package(io.BytesIO(data), limits or Limits())


def test_files_are_listed_in_order_without_folders() -> None:
    package = opened(hostile.packed([("b/", b""), ("b/two.txt", b"2"), ("a.txt", b"1")]))
    assert package.names == ["b/two.txt", "a.txt"]
    assert package.read("b/two.txt") == b"2"
    assert "b/" not in package


@pytest.mark.parametrize("name", hostile.PACKAGES)
def test_hostile_package_is_refused_by_name(name: str) -> None:
    data, code = hostile.PACKAGES[name]
    with pytest.raises(ImportRefused) as refused:
        opened(data)
    assert refused.value.code == code
    assert refused.value.message
    assert refused.value.hint


def test_a_directory_of_a_million_files_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImportRefused) as refused:
        opened(hostile.lists_a_million())
    assert refused.value.code == "package.too-large"


@pytest.mark.parametrize("data", [hostile.bomb(), hostile.lying(), hostile.damaged()])
def test_what_unpacks_to_something_else_is_refused_while_it_is_read(data: bytes) -> None:
    package = opened(data)
    with pytest.raises(ImportRefused) as refused:
        package.read(package.names[0])
    assert refused.value.code in ("package.too-large", "package.damaged")
    assert refused.value.place == package.names[0]


def test_bytes_are_counted_over_all_files() -> None:
    package = opened(hostile.packed([(f"{i}.bin", b"\1" * 900_000) for i in range(4)]), Limits(inflated=2_000_000))
    package.read("0.bin")
    package.read("1.bin")
    with pytest.raises(ImportRefused, match="unpacks to more than is read"):
        package.read("2.bin")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ImportRefused) as refused:
        opened(hostile.packed([("a.txt", b"1")])).read("h5p.json")
    assert (refused.value.code, refused.value.place) == ("package.missing-file", "h5p.json")
