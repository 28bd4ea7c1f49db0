"""Every duty of every body in every plan: the whole section, in order, each item one citation.

Which lines of a plan they are was read off the plans, by number, before any answer was seen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from asking import NAMES, ask, places, printed, words

#: plan -> (body as asked for, section as cited, the lines that hold its duties, in order; see `asking.printed`).
DUTIES: dict[str, list[tuple[str, str, str]]] = {
    "khanh-hoa-2020": [
        ("Sở Lao động - Thương binh và Xã hội", "IV › 2. Sở Lao động", "100 102 104 106 108 110 112 114"),
        ("Sở Giáo dục và Đào tạo", "IV › 3. Sở Giáo dục", "118-120 122 124 126 128 130 132 134 136-138 140"),
        ("Sở Y tế", "IV › 4. Sở Y tế", "144 146 148 150"),
        ("Sở Văn hóa và Thể thao", "IV › 5. Sở Văn hóa", "154 156 158 160"),
        ("Sở Du lịch", "IV › 6. Sở Du lịch", "164"),
        ("Sở Tư pháp", "IV › 7. Sở Tư pháp", "168"),
        ("Sở Thông tin và Truyền thông", "IV › 8. Sở Thông tin", "172 174"),
        ("Sở Nội vụ", "IV › 9. Sở Nội vụ", "178"),
        ("Sở Kế hoạch và Đầu tư", "IV › 10. Sở Kế hoạch", "182 184"),
        ("Sở Tài chính", "IV › 11. Sở Tài chính", "188"),
        ("Công an tỉnh", "IV › 12. Công an tỉnh", "192 194 196 198"),
        ("Tòa án nhân dân tỉnh", "IV › 13. Đề nghị Tòa án", "202"),
        ("Viện Kiểm sát nhân dân tỉnh", "IV › 13. Đề nghị Tòa án", "202"),
        ("Bảo hiểm xã hội tỉnh", "IV › 14. Bảo hiểm xã hội", "206"),
        ("Đài Phát thanh - Truyền hình tỉnh", "IV › 15. Đài Phát thanh", "210"),
        ("Báo Khánh Hòa", "IV › 15. Đài Phát thanh", "210"),
        ("Đoàn Thanh niên", "IV › 16. Đề nghị Đoàn Thanh niên", "214 216 218"),
        ("Ban Tuyên giáo Tỉnh ủy", "IV › 17. Đề nghị Ban Tuyên giáo", "222"),
        ("Liên đoàn Lao động tỉnh", "IV › 18. Đề nghị Liên đoàn Lao động", "226 228 230"),
        ("Mặt trận Tổ quốc", "IV › 19. Đề nghị Ủy ban Mặt trận", "234"),
        ("UBND các huyện, thị xã, thành phố", "IV › 20. UBND", "238 240 242 244 246 248 250 252 254 256 258"),
    ],
    "kien-giang-2021-2030": [
        ("Sở LĐTBXH", "V › 1. Sở Lao động", "157 159 161 163 165 167 169 171 173 177-178"),
        ("Sở Tư pháp", "V › 2. Sở Tư pháp", "182 183 184"),
        ("Công an tỉnh", "V › 3. Công an tỉnh", "188"),
        ("Sở GD&ĐT", "V › 4. Sở Giáo dục", "192 193 194 195 196"),
        ("Sở Y tế", "V › 5. Sở Y tế", "200 201 205 207"),
        ("Sở Văn hóa và Thể thao", "V › 6. Sở Văn hóa", "211 213 215 217"),
        ("Sở Du lịch", "V › 7. Sở Du lịch", "221"),
        ("Sở TT&TT", "V › 8. Sở Thông tin", "225 227 229 231 233"),
        ("Sở Tài chính", "V › 9. Sở Tài chính", "235~chủ_trì,_phối_hợp"),
        ("Mặt trận Tổ quốc", "V › 11. Đề nghị Ủy ban Mặt trận", "239~và_các_tổ_chức_thành_viên"),
        ("Tỉnh Đoàn", "V › 11. Đề nghị Ủy ban Mặt trận", "239~và_các_tổ_chức_thành_viên"),
        ("Hội Phụ nữ", "V › 11. Đề nghị Ủy ban Mặt trận", "239~và_các_tổ_chức_thành_viên"),
        ("UBND các huyện, thành phố", "V › 12. Ủy ban nhân dân", "243 245 247 249"),
    ],
    "lang-son-2023": [
        ("Sở Lao động", "V › 1. Sở Lao động", "143 145 147 149 151 153 155"),
        ("UBND các huyện, thành phố", "V › 3. Đề nghị UBND", "159-163~phối_hợp_chỉ_đạo"),
    ],
    "thua-thien-hue-2020": [
        ("Sở Lao động - TBXH", "V › 1 › ", "74 76 78 80 82 84 86 88 90 92"),
        ("Sở Kế hoạch và Đầu tư", "V › 2. Sở Kế hoạch", "94~Chủ_trì"),
        ("Sở Tài chính", "V › 3. Sở Tài chính", "96~Bố_trí"),
        ("Sở Tư pháp", "V › 4 › ", "99 101"),
        ("Sở Y tế", "V › 5. Sở Y tế", "103~Chủ_trì"),
        ("Sở Giáo dục và Đào tạo", "V › 6 › ", "106 108 110 112"),
        ("Sở Văn hóa và Thể thao", "V › 7 › ", "115 117"),
        ("Công an tỉnh", "V › 8 › ", "120 122 124"),
        ("Sở Thông tin và Truyền thông", "V › 9. Sở Thông tin", "125~Chỉ_đạo"),
        ("Mặt trận Tổ quốc", "V › 11 › ", "130 131"),
        ("UBND các huyện", "V › 12 › ", "134 136 138 140 142"),
    ],
    "bac-kan-2023": [
        ("Sở Lao động - Thương binh và Xã hội", "", "24~chủ_trì"),
        ("UBND các huyện, thành phố", "", "26~ngoài_thực_hiện"),
    ],
}
EVERY_DUTY = [(doc, *row) for doc, rows in DUTIES.items() for row in rows]


#: What stands before the sections of other bodies that name this one.
OFFER = "Được nhắc phối hợp"
MARK = re.compile(r"\[\d+\]")


@pytest.mark.parametrize(("doc", "body", "section", "listed"), EVERY_DUTY, ids=lambda value: value[:24])
def test_duties_are_the_whole_section_in_order(
    index_folder: Path, doc: str, body: str, section: str, listed: str
) -> None:
    answer = ask(index_folder, f"{body} {NAMES[doc]} phải làm gì?")
    wanted = [printed(doc, place) for place in places(listed)]
    own = answer.citations[: len(MARK.findall(answer.text.split(OFFER)[0]))]
    quotes = [words(citation.quote) for citation in own]
    assert len(quotes) == len(wanted)
    for quote, item in zip(quotes, wanted, strict=True):
        assert quote == item or ("~" in listed and quote.endswith(item))
    assert {citation.doc for citation in answer.citations} == {doc}
    assert all(citation.section.startswith(section) for citation in own)
    assert not any(citation.section.startswith(section) for citation in answer.citations[len(own) :])
    assert not answer.abstained
    assert not answer.emergency
    if len(wanted) > 1:
        assert f"{len(wanted)} nhiệm vụ" in answer.text


@pytest.mark.parametrize(
    "body",
    ["Sở Y tế", "Công an tỉnh", "Sở Tư pháp", "Sở Nội vụ", "Sở Du lịch", "Sở Kế hoạch và Đầu tư", "Bảo hiểm xã hội"],
)
def test_without_a_province_every_plan_is_asked_and_those_without_a_section_named(
    index_folder: Path, body: str
) -> None:
    answer = ask(index_folder, f"{body} phải làm gì?")
    wanted = {
        doc: [printed(doc, place) for place in places(row[2])]
        for doc, rows in DUTIES.items()
        for row in rows
        if row[0].startswith(body)
    }
    quotes: dict[str, list[str]] = {}
    for citation in answer.citations:
        quotes.setdefault(citation.doc, []).append(words(citation.quote))
    assert {doc: len(found) for doc, found in quotes.items()} == {doc: len(found) for doc, found in wanted.items()}
    assert all(quote.endswith(item) for doc in wanted for quote, item in zip(quotes[doc], wanted[doc], strict=True))
    named = next(line for line in answer.text.splitlines() if line.startswith("Không có mục riêng"))
    assert {doc for doc, name in NAMES.items() if name in named} == set(NAMES) - set(wanted)
