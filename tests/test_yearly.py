"""Figures of several years in one sentence: each year gets its own, and only what counts the same thing."""

import pytest

from corpus.yearly import yearly

TABLE = (
    ("- Chỉ tiêu 5: Tỷ lệ tiêm đủ 8 loại vắc xin đạt 97% vào năm 2025 và 98% vào năm 2030", ["97%", "98%"]),
    ("giảm tử vong trên 1.000 trẻ đẻ sống xuống 12,5 vào năm 2025 và 10 vào năm 2030", ["xuống 12,5", "10"]),
    ("xuống 550/100.000 trẻ em vào năm 2025 và 500/100.000 trẻ em vào năm 2030", ["xuống 550/100.000", "500/100.000"]),
    ("Phấn đấu 30% trẻ từ 07 tuổi được hỏi ý kiến vào năm 2025 và 35% vào năm 2030", ["30%", "35%"]),
    ("giảm trẻ bị xâm hại so với năm 2020 là 5% vào năm 2025 và giảm 4% vào năm 2030", ["5%", "4%"]),
    ("số trẻ bỏ học giảm dưới 0,12% đến năm 2025, dưới 0,1% đến năm 2030", ["dưới 0,12%", "dưới 0,1%"]),
    ("Tỷ lệ trẻ được khám năm 2025 đạt 20%, năm 2026 đạt 30%, năm 2027 đạt 40%", None),
    ("Đến năm 2025 đạt 90%, đến năm 2027 đạt 95%, đến năm 2030 đạt 100%", None),
    ("Kinh phí hỗ trợ là 1.200 triệu đồng năm 2025 và 1.500 triệu đồng năm 2026", ["1.200", "1.500"]),
    ("tỷ lệ bỏ học giảm 5% so với năm 2020 vào năm 2025 và giảm 10% vào năm 2030", ["5%", "10%"]),
    ("xây 2 trung tâm vào năm 2030, trong đó 100% huyện năm 2026", None),
    ("đạt 23,5/1.000 vào năm 2025 và 20/1.000 vào năm 2030", None),
    ("tỷ lệ trẻ đi học đạt 50% năm 2025, tăng 5% năm 2026", None),
    ("100% trường có nhà vệ sinh vào năm 2025 và có trên 40% đạt tiêu chuẩn sạch đến năm 2030", None),
    ("giảm 2 đến 3% hằng năm giai đoạn từ năm 2025 đến năm 2030", None),
    ("Tổ chức sơ kết vào năm 2025 và tổng kết vào năm 2030", None),
    ("đạt 95% vào năm 2025; 98% trẻ dưới 5 tuổi được tiêm vào năm 2030", None),
)


@pytest.mark.parametrize(("text", "figures"), TABLE)
def test_each_year_has_its_figure(text: str, figures: list[str] | None) -> None:
    found = [[text[span.start : span.end] for span in one.figures.values()] for one in yearly(text)]
    assert found == ([] if figures is None else [figures])


def test_a_clause_is_named_by_its_own_words() -> None:
    text = "Chỉ tiêu 17: Tỷ lệ học xong tiểu học đạt 97% vào năm 2025 và 99% vào năm 2030"
    (one,) = yearly(text)
    assert text[one.name.start : one.name.end] == "Tỷ lệ học xong tiểu học"
