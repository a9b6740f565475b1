"""A small sample of `proofs.country`, on made-up provinces: the same run, a hundredth of the size."""

import pytest
from proofs import _country

PROVINCES = {"khe": ("01", 3), "dong": ("02", 2), "tay": ("03", 2)}


def facts():
    """Three provinces of which two are merged; each district of four communes gives two, and one commune is divided."""
    old, new = [], []
    told = {
        "DICT_PROVINCE": {"khe": ["khe"], "dong": ["dong", "tay"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"khe": {}, "dong": {}},
        "DICT_PROVINCE_WARD_DIVIDED": {"khe": {}, "dong": {}},
    }
    for province, (code, districts) in PROVINCES.items():
        home = "khe" if province == "khe" else "dong"
        for d in range(districts):
            keys = [f"{province}_d{d}_w{w}" for w in range(4)]
            for w in range(4):
                kind = "Phường" if w % 2 else "Xã"
                codes = code, f"{code}{d}", f"{code}{d}{w}"
                told_of = f"Tỉnh {province}", f"Huyện {d}", f"{kind} {province} {d}.{w}", kind
                old.append((*told_of, *codes, province, f"d{d}", f"w{w}"))
            for half in (0, 2):  # the new commune bears the code of the second, under another name
                key = f"{province}n{d}{half}"
                new.append((f"Tỉnh {home}", f"Xã mới {key}", "Xã", f"1{code}", f"{code}{d}{half + 1}", home, key))
                told["DICT_PROVINCE_WARD_NO_DIVIDED"][home][key] = keys[half : half + 1]
            if d:
                parts = [{"newWardKey": f"{province}n{d}{half}", "isDefaultNewWard": half == 2} for half in (0, 2)]
                told["DICT_PROVINCE_WARD_DIVIDED"][home][keys[1]] = parts
    return old, new, told


@pytest.mark.django_db
def test_a_small_country(monkeypatch):
    monkeypatch.setattr(_country, "facts", facts)
    found = _country.run(assignments=300, reports=40)
    assert found["held"] == dict.fromkeys(found["held"], True)
    assert len(found["held"]) == 8
    assert (found["assignments"], found["expected"], found["reports"]) == (300, 600, 40)
    assert found["moved"] > 250
    assert found["left"] > 0
