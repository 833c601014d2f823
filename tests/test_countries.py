"""A country is the same one however somebody wrote it."""

import pytest

from lib.countries import code_of
from lib.teams.zones import zone_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CN"), (" cn ", "CN"), ("CHN", "CN"), ("China", "CN"), ("中国", "CN"), ("中國", "CN"),
        ("P.R. China", "CN"), ("中国大陆", "CN"), ("UK", "GB"), ("Great Britain", "GB"), ("U.S.A.", "US"),
        ("美国", "US"), ("Germany", "DE"), ("Deutschland", "DE"), ("德国", "DE"), ("Türkiye", "TR"),
        ("Turkey", "TR"), ("Hong Kong", "HK"), ("Viet Nam", "VN"), ("日本", "JP"), ("Georgia", "GE"),
        ("EU", None), ("Atlantis", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_code_names_and_short_forms_tell_the_same_country(written, code):
    assert code_of(written) == code


def test_the_zone_follows_the_name_of_a_country_too():
    assert zone_of(None, "Germany", None) == zone_of(None, "DE", None) == "Europe/Berlin"
    assert zone_of(None, "Atlantis", None) is None
