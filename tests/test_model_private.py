"""What leaves with a question for a language model: nothing of a person; and whatever else was asked is unchanged."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.private import masked
from corpus.words import nfc
from eval.variants import unaccented

EVAL = Path(__file__).parent.parent / "eval"
#: A question, what must be gone from it, and what must stay.
PRIVATE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # Names at a service
    ("fb: lananh2010 bị lộ ảnh thì báo ai", ("lananh2010",), ("báo ai",)),
    ("Nick zalo của em là lan.anh_05 bị kẻ xấu lấy", ("lan.anh_05",), ("kẻ xấu",)),
    ("Có người nhắn zalo hỏi về trẻ em năm 2020", (), ("zalo hỏi về trẻ em năm 2020",)),
    ("face: thuyduong99 hỏi kế hoạch", ("thuyduong99",), ("hỏi kế hoạch",)),
    ("line id: be.na_05 bị dọa", ("be.na_05",), ("bị dọa",)),
    ("liên hệ wechat lananh88 của mẹ", ("lananh88",), ("của mẹ",)),
    ("nhắn cho lananh2010 thì báo ai", ("lananh2010",), ("thì báo ai",)),
    ("lananh2010@gmail hỏi thẻ bảo hiểm", ("lananh2010",), ("hỏi thẻ",)),
    ("Phòng covid19 cho trẻ em tháng12", (), ("covid19 cho trẻ em tháng12",)),
    ("Nhà em ở số 15 ngõ 3 có được hỗ trợ?", ("15", "ngõ 3"), ("có được hỗ trợ",)),
    ("gọi 09l2345678 không được", ("l2345678",), ("không được",)),
    # Full names: Kinh, in every spelling
    ("Cháu Nguyễn Thị Lan có được cấp thẻ BHYT không?", ("Nguyễn", "Lan"), ("Cháu", "thẻ BHYT")),
    ("Con tôi là Trần Quốc Toản, 5 tuổi, học mẫu giáo có được hỗ trợ gì ở Huế?", ("Trần", "Toản"), ("5 tuổi", "Huế")),
    ("Em Lê Minh Anh bị bạn bắt nạt thì báo cho ai?", ("Lê", "Minh", "Anh"), ("Em", "báo cho ai")),
    ("Ông Phạm Văn Khởi gửi đơn cho UBND xã thì ai trả lời?", ("Phạm", "Khởi"), ("Ông", "UBND xã")),
    ("bà Hoàng Thị Bích Ngọc nuôi cháu mồ côi được hỗ trợ gì", ("Hoàng", "Bích", "Ngọc"), ("bà", "cháu mồ côi")),
    ("Hồ sơ của Võ Hoàng Yến gửi Sở Y tế tỉnh Khánh Hòa chưa?", ("Võ", "Yến"), ("Sở Y tế", "Khánh Hòa")),
    (
        "Đặng Ngọc Hân sinh ra ở Kiên Giang có được khai sinh ở Lạng Sơn không?",
        ("Đặng", "Hân"), ("Kiên Giang", "Lạng Sơn"),
    ),
    ("Vụ cháu Bùi Gia Bảo ở Bắc Kạn công an xử lý tới đâu?", ("Bùi", "Gia Bảo"), ("Bắc Kạn", "công an")),
    (
        "Tôi là Đỗ Thị Thanh Hà, cán bộ trẻ em xã, hỏi hạn báo cáo 6 tháng",
        ("Đỗ", "Thanh Hà"), ("cán bộ trẻ em xã", "6 tháng"),
    ),
    ("Tôi tên Hồ Văn Sáu, con tôi bỏ học thì xã có trách nhiệm gì?", ("Hồ Văn", "Sáu"), ("xã có trách nhiệm",)),
    ("cháu Trần Thái Bình ở Lạng Sơn cần học bổng", ("Trần", "Thái Bình"), ("Lạng Sơn", "học bổng")),
    ("Nguyễn Thị Hòa Bình là mẹ cháu, nhờ tư vấn quyền nuôi con", ("Nguyễn", "Hòa Bình"), ("mẹ cháu",)),
    ("em Huỳnh Ngọc Trâm Anh học sinh nghèo được gì", ("Huỳnh", "Trâm", "Anh"), ("học sinh nghèo",)),
    ("Cho hỏi cháu Vũ Duy có được miễn viện phí không", ("Vũ", "Duy"), ("miễn viện phí",)),
    ("cháu NGUYỄN VĂN BA có được trợ cấp không?", ("NGUYỄN", "BA"), ("trợ cấp",)),
    ("CHÁU NGUYỄN THỊ LAN Ở HUẾ CÓ ĐƯỢC TRỢ CẤP KHÔNG?", ("NGUYỄN", "LAN"), ("HUẾ", "TRỢ CẤP")),
    ("LÊ THỊ MAI HỎI VỀ THẺ BHYT", ("LÊ", "MAI"), ("HỎI VỀ THẺ BHYT",)),
    ("nguyễn văn an học lớp 5 có được miễn học phí không", ("nguyễn", " an "), ("lớp 5", "học phí")),
    ("cháu nguyễn thị ngọc lan bị bệnh tim thì xin ở đâu", ("nguyễn", "ngọc", "lan"), ("bệnh tim",)),
    ("trần minh châu mồ côi cha, ở khánh hòa được gì", ("trần", "minh", "châu"), ("khánh hòa", "mồ côi cha")),
    ("nguyễn lan bị bố đánh", ("nguyễn", "lan"), ("bố đánh",)),
    ("nguyen van a co duoc ho tro khong", ("nguyen", " a "), ("co duoc ho tro khong",)),
    ("be nguyen thi lan hoc mau giao o hue", ("nguyen", "lan"), ("mau giao", "hue")),
    ("chau tran thi hoa bi danh thi goi ai", ("tran", "hoa"), ("goi ai",)),
    ("em le thi mai o khanh hoa muon hoi hoc bong", ("le thi", "mai"), ("khanh hoa", "hoc bong")),
    ("ong pham van tuan lam don xin tro cap cho chau", ("pham", "tuan"), ("tro cap",)),
    ("ho so cua bui thi thu o lang son den dau roi", ("bui", "thu"), ("lang son",)),
    ("chau ten la vo thi sau, ba me mat het", ("vo thi", "sau"), ("ba me mat het",)),
    ("NGUYEN VAN TUAN DUOC HO TRO GI", ("NGUYEN", "TUAN"), ("HO TRO GI",)),
    ("Nguyen Thi Lan o Hue duoc ho tro gi?", ("Nguyen", "Lan"), ("Hue",)),
    ("Chau Tran Van Nam va em Tran Thi Hue duoc gi?", ("Tran", "Nam"), ("Chau", "em")),
    ("Cháu Nguyen Van Tuan có được cấp thẻ không?", ("Nguyen", "Tuan"), ("cấp thẻ",)),
    ("Cháu Phan Thị Thúy và cháu Phan Văn Tài mồ côi, xã phải làm gì?", ("Thúy", "Tài"), ("mồ côi",)),
    ("Đoàn Thị Hương muốn hỏi về Tháng hành động vì trẻ em", ("Đoàn Thị", "Hương"), ("Tháng hành động vì trẻ em",)),
    ("Cao Bá Quân là tên cháu tôi, được hưởng gì?", ("Cao Bá",), ("được hưởng gì",)),
    ("Chị Mai Thị Hồng ở Đoàn Thanh niên tỉnh có số điện thoại nào?", ("Mai Thị", "Hồng"), ("Đoàn Thanh niên",)),
    ("Dương Thị Mỹ Linh là con dâu tôi, bị đánh khi có bầu", ("Dương", "Linh"), ("con dâu",)),
    # Names of other peoples
    ("Em H'Hen Niê bỏ học đi làm nương thì ai vận động em về?", ("H'Hen", "Niê"), ("bỏ học",)),
    ("cháu H’Mai ở Đắk Lắk được học nội trú không", ("H’Mai",), ("Đắk Lắk", "nội trú")),
    ("Vàng A Lử 13 tuổi bị bắt cưới vợ thì báo ai?", ("Vàng", "Lử"), ("13 tuổi",)),
    ("em giàng a páo bị ép tảo hôn", ("giàng", "páo"), ("tảo hôn",)),
    ("Cháu Lò Thị Mai, người Thái, có được hỗ trợ tiền ăn?", ("Lò Thị", "Mai"), ("người Thái", "tiền ăn")),
    ("Y Moan bỏ nhà đi, báo công an ở đâu?", ("Moan",), ("công an",)),
    ("Cháu Y Bhrao Ayun có được miễn học phí không?", ("Bhrao", "Ayun"), ("học phí",)),
    ("Bé K'Brêu bị ốm, trạm y tế xã phải làm gì?", ("K'Brêu",), ("trạm y tế xã",)),
    ("Sùng Thị Mỷ học lớp 8 muốn nghỉ học lấy chồng", ("Sùng", "Mỷ"), ("lấy chồng",)),
    ("Em Thào Seo Páo ở Lào Cai cũ cần hỏi trường nội trú", ("Thào", "Páo"), ("Lào Cai",)),
    ("Bế Thị Nga ở Bắc Kạn có con bại não được gì?", ("Bế Thị", "Nga"), ("Bắc Kạn", "bại não")),
    ("Nông Văn Dền làm cộng tác viên trẻ em được phụ cấp không", ("Nông Văn", "Dền"), ("cộng tác viên trẻ em",)),
    ("Cháu Thạch Thị Sa Rây ở Kiên Giang học chữ Khmer ở đâu?", ("Thạch", "Rây"), ("Kiên Giang", "Khmer")),
    ("em ksor h'lan bi danh", ("h'lan",), ("bi danh",)),
    ("Rơ Châm H'Linh bị bạn trong lớp đánh hoài", ("H'Linh",), ("bạn trong lớp",)),
    # Given names behind words that introduce a person
    ("bé Lan 3 tuổi có được khám miễn phí không?", ("Lan",), ("bé", "3 tuổi")),
    ("Cháu Minh Anh bị cô giáo đánh, tôi báo ai?", ("Minh Anh",), ("cô giáo đánh",)),
    ("em Tí nhà bên bị bỏ đói mấy hôm rồi", ("Tí",), ("nhà bên",)),
    ("cô giáo Hoa hay mắng học sinh", ("Hoa",), ("cô giáo", "học sinh")),
    ("chị Hằng nhà bên đánh con hoài", ("Hằng",), ("nhà bên", "đánh con hoài")),
    ("con tôi tên là Tuấn, năm nay vào lớp 1", ("Tuấn",), ("vào lớp 1",)),
    ("Tên: Ngọc Anh, 12 tuổi, ở Huế, cần tư vấn tâm lý", ("Ngọc Anh",), ("12 tuổi", "Huế")),
    ("Họ và tên: Trần Văn Hùng, hỏi về hạn báo cáo", ("Trần", "Hùng"), ("hạn báo cáo",)),
    ("thầy Nam chủ nhiệm sờ vào người em", ("Nam",), ("thầy", "chủ nhiệm")),
    ("chú Bảy hàng xóm rủ em vào nhà", ("Bảy",), ("hàng xóm",)),
    ("bác Tư bán vé số dắt cháu Bé Ba đi xin ăn", ("Tư",), ("vé số",)),
    ("con gái tôi Thảo bị bạn lập nhóm nói xấu", ("Thảo",), ("con gái tôi",)),
    ("em gái em tên Ngọc, 6 tuổi chưa có khai sinh", ("Ngọc",), ("chưa có khai sinh",)),
    ("anh Hùng chồng em đánh con", ("Hùng",), ("chồng em",)),
    ("Bạn Khôi lớp em bị bố đánh bầm tay", ("Khôi",), ("lớp em",)),
    ("cháu bé Ngọc Hân bị bỏ rơi trước cổng chùa", ("Ngọc Hân",), ("cổng chùa",)),
    ("bé Su nhà em bị tự kỷ, ở Huế khám đâu", ("Su",), ("tự kỷ", "Huế")),
    ("em học sinh Lan bị đuối nước thì xã hỗ trợ bao nhiêu", ("Lan",), ("đuối nước",)),
    ("tôi tên Hạnh, cần số của Trung tâm Công tác xã hội", ("Hạnh",), ("Trung tâm Công tác xã hội",)),
    ("em là Hằng, cán bộ trẻ em ở Khánh Hòa", ("Hằng",), ("Khánh Hòa",)),
    ("chị Lan, Hoa và Mai cùng xóm đều nghỉ học", ("Lan", "Hoa", "Mai"), ("nghỉ học",)),
    ("Cháu Bống 4 tuổi bị bỏng, tiền thuốc ai trả?", ("Bống",), ("bị bỏng",)),
    ("cháu Anna con lai Hàn chưa có quốc tịch", ("Anna",), ("quốc tịch",)),
    ("bé Thanh Hà bị ốm nặng", ("Thanh Hà",), ("bị ốm nặng",)),
    ("bé lan nhà bên bị mẹ kế đánh", ("lan",), ("mẹ kế đánh",)),
    ("cháu minh anh học lớp 2 bị bạn đánh", ("minh anh",), ("bị bạn đánh",)),
    ("chị hằng nhà bên nhốt con", ("hằng",), ("nhốt con",)),
    ("cô giáo hoa đánh em", ("hoa",), ("đánh em",)),
    ("con tên là tuấn, con sợ về nhà", ("tuấn",), ("sợ về nhà",)),
    ("em tên ngọc, bị dụ gửi ảnh", ("ngọc",), ("gửi ảnh",)),
    ("be lan nha ben bi danh", ("lan",), ("nha ben bi danh",)),
    ("chau tuan bi bo nha", ("tuan",), ("bi bo nha",)),
    ("con toi ten la tuan, khong co khai sinh", ("tuan",), ("khai sinh",)),
    ("em minh anh hoc lop 3 bi bat nat", ("minh anh",), ("bat nat",)),
    ("Be Lan hoc mau giao o Hue co duoc kham mien phi?", ("Lan",), ("Hue",)),
    ("co giao Hoa danh chau", ("Hoa",), ("danh chau",)),
    ("CHÁU TUẤN BỊ ĐÁNH Ở TRƯỜNG", ("TUẤN",), ("BỊ ĐÁNH",)),
    ("BÉ LAN NHÀ BÊN BỊ BỎ ĐÓI", ("LAN",), ("BỎ ĐÓI",)),
    ("Bé Lan bị sốt. Lan có được khám miễn phí không?", ("Lan",), ("khám miễn phí",)),
    ("Con tôi là Nguyễn Thị Lan. Lan học lớp 5, bị bạn đánh.", ("Lan", "Nguyễn"), ("bị bạn đánh",)),
    # English
    ("My daughter Lan is 5 years old. Can she get free health care in Hue?", ("Lan",), ("daughter", "Hue")),
    ("A boy named Tuan in my class is beaten at home. Who should I call?", ("Tuan",), ("boy named", "my class")),
    (
        "Nguyen Van An is 12 and dropped out. What must the district do in Khanh Hoa?",
        ("Nguyen", "Van An"), ("district", "Khanh Hoa"),
    ),
    ("My name is Lan Nguyen, how do I report child abuse in Lang Son?", ("Lan Nguyen",), ("Lang Son",)),
    ("What is the plan for a child called Minh in Kien Giang?", ("Minh",), ("Kien Giang",)),
    ("Mrs Hoa, the teacher, hits the pupils. Who do I tell?", ("Hoa",), ("teacher",)),
    ("My son David was bullied at school in Hue, which department helps?", ("David",), ("bullied", "Hue")),
    ("Call me on 0912 345 678, I am the mother of Bui Thi Hoa", ("0912", "Bui", "Hoa"), ("mother of",)),
    # Phones
    ("Gọi lại cho tôi số 0912345678 nhé", ("0912345678",), ("Gọi lại",)),
    ("sđt em 0912 345 678, em ở Huế", ("0912", "678"), ("Huế",)),
    ("số zalo 0912.345.678, nhắn giúp em", ("0912", "678"), ("nhắn giúp em",)),
    ("đt: 0912-345-678", ("0912", "678"), ("đt",)),
    ("liên hệ +84 912 345 678 để biết thêm", ("84", "912"), ("để biết thêm",)),
    ("liên hệ +84912345678", ("912345678",), ("liên hệ",)),
    ("gọi (+84) 912 345 678 gặp mẹ em", ("912", "678"), ("gặp mẹ em",)),
    ("84912345678 là số của em", ("84912345678",), ("số của em",)),
    ("o912345678 goi cho em", ("912345678",), ("goi cho em",)),
    ("O912 345 678 nha", ("345", "678"), ("nha",)),
    ("091o345678 số em đó", ("345678",), ("số em đó",)),
    ("số nhà em 0234 3 822 123", ("0234", "822"), ("số nhà em",)),
    ("máy bàn (0234) 3822 123 ai nghe", ("0234", "3822"), ("ai nghe",)),
    ("09 12 34 56 78 gọi em với", ("34 56",), ("gọi em với",)),
    ("0 9 1 2 3 4 5 6 7 8 là số mẹ em", ("1 2 3",), ("số mẹ em",)),
    ("số em là không chín một hai ba bốn năm sáu bảy tám", ("chín", "bảy"), ("số em là",)),
    ("khong chin mot hai ba bon nam sau bay tam goi cho me em", ("chin", "bay"), ("goi cho me em",)),
    ("số không chín 12 ba bốn năm 678", ("chín", "678"), ("số",)),
    ("zero nine one two three four five six seven eight is my number", ("nine", "seven"), ("is my number",)),
    ("01234567890 số cũ của tôi", ("01234567890",), ("số cũ",)),
    ("Hai số 0912345678, 0987654321 đều của bố em", ("0912345678", "0987654321"), ("đều của bố em",)),
    ("sđt 38251234 nhà ông nội", ("38251234",), ("nhà ông nội",)),
    # Papers, accounts, plates
    ("CCCD 079123456789 đã hết hạn thì làm lại ở đâu?", ("079123456789",), ("CCCD", "hết hạn")),
    ("căn cước số 0791 2345 6789 của tôi", ("0791", "6789"), ("căn cước",)),
    ("căn cước 079 123 456 789", ("079", "456"), ("căn cước",)),
    ("cmnd 272345678 cấp tại Đồng Nai", ("272345678",), ("Đồng Nai",)),
    ("CMND số 272 345 678", ("272", "678"), ("CMND",)),
    ("CMND 272.345.678 mất rồi", ("272.345.678",), ("mất rồi",)),
    ("em chỉ có số 272345678 thôi", ("272345678",), ("em chỉ có",)),
    ("hộ chiếu B1234567 của con tôi", ("B1234567",), ("hộ chiếu", "con tôi")),
    ("passport C7654321 expired, can my child go to school?", ("C7654321",), ("expired",)),
    ("thẻ BHYT TE1790123456789 của cháu bị khóa", ("TE1790123456789",), ("thẻ BHYT", "bị khóa")),
    ("thẻ BHYT số TE 1 79 0123456789 mất", ("TE 1 79", "0123456789"), ("mất",)),
    ("mã số BHXH 7912345678 tra ở đâu", ("7912345678",), ("tra ở đâu",)),
    ("giấy khai sinh số 123/2015 của con tôi sai họ", ("123/2015",), ("giấy khai sinh", "sai họ")),
    ("số giấy khai sinh: 456 đăng ký ở xã", ("456",), ("đăng ký ở xã",)),
    ("stk 19036123456 ngân hàng nào nhận tiền trợ cấp", ("19036123456",), ("tiền trợ cấp",)),
    ("số tài khoản 1234 5678 90 của tôi có nhận trợ cấp được không", ("1234 5678 90",), ("trợ cấp",)),
    ("tài khoản ngân hàng Agribank 5200205123456", ("5200205123456",), ("tài khoản",)),
    ("xe 51F-123.45 chở cháu bé đi mất", ("51F", "123.45"), ("chở cháu bé",)),
    ("xe máy 59-X1 234.56 đâm em rồi bỏ chạy", ("59-X1", "234.56"), ("bỏ chạy",)),
    ("biển số xe 43A12345 bắt cóc trẻ em", ("43A12345",), ("bắt cóc",)),
    ("mã định danh 046215001234 của bé", ("046215001234",), ("mã định danh",)),
    # Where somebody lives or goes to school
    ("Nhà tôi số 12 đường Lê Lợi, phường Vĩnh Ninh, Huế", ("12", "Lê Lợi", "Vĩnh Ninh"), ("Huế",)),
    ("em ở 12/3 Lê Lợi bị bố đánh", ("12/3", "Lê Lợi"), ("bị bố đánh",)),
    ("ở 45 Nguyễn Tất Thành có ai giúp không", ("45", "Nguyễn", "Thành"), ("có ai giúp không",)),
    ("nhà trong ngõ 5 có bé bị nhốt", ("ngõ 5",), ("có bé bị nhốt",)),
    ("hẻm 12/4 đường Trần Phú có nhóm trẻ không phép", ("12/4", "Trần Phú"), ("nhóm trẻ",)),
    ("kiệt 30 Điện Biên Phủ, Huế có trẻ bị đánh", ("30", "Điện Biên Phủ"), ("Huế", "trẻ bị đánh")),
    ("ngách 12/5 ngõ 7 phố Hoàng Cầu", ("12/5", "ngõ 7", "Hoàng Cầu"), ()),
    ("tổ 5 phường Vĩnh Hải, Nha Trang có điểm vui chơi không", ("tổ 5", "Vĩnh Hải"), ("Nha Trang", "điểm vui chơi")),
    ("tổ dân phố 7 có trẻ bỏ học", ("7",), ("có trẻ bỏ học",)),
    ("em ở thôn 3 xã Ea Tu bị ép lấy chồng", ("thôn 3", "Ea Tu"), ("ép lấy chồng",)),
    ("thôn Đông, xã Diên Phú, huyện Diên Khánh có bé bị xâm hại", ("Đông", "Diên Phú"), ("Diên Khánh", "xâm hại")),
    ("ấp Tân Lập có hai cháu đuối nước", ("Tân Lập",), ("đuối nước",)),
    ("nhà em ở ấp 4 gần kênh", ("ấp 4",), ("gần kênh",)),
    ("bản Nà Lừ có trẻ không đi học", ("Nà Lừ",), ("không đi học",)),
    ("buôn Ako Dhong có lớp mẫu giáo chưa", ("Ako", "Dhong"), ("lớp mẫu giáo",)),
    ("khóm 2 thị trấn Giồng Riềng cần cộng tác viên", ("khóm 2",), ("cộng tác viên",)),
    ("khu phố 3 phường An Hòa, Rạch Giá", ("khu phố 3", "An Hòa"), ("Rạch Giá",)),
    ("em ở số nhà 15B, xóm 4", ("15B", "xóm 4"), ("em ở",)),
    ("nha em o so 12 duong le loi phuong vinh ninh hue", ("12", "le loi", "vinh ninh"), ("hue",)),
    ("em o thon 3 xa dien phu", ("thon 3", "dien phu"), ("em o",)),
    ("địa chỉ: 27 Trần Hưng Đạo, phường Phú Hòa", ("27", "Hưng Đạo", "Phú Hòa"), ("địa chỉ",)),
    ("đường Nguyễn Tất Thành có đứa bé đi xin", ("Nguyễn Tất Thành",), ("đứa bé đi xin",)),
    (
        "I live at 12 Le Loi Street, Vinh Ninh Ward, Hue. Who protects my child?",
        ("12", "Le Loi", "Vinh Ninh"), ("Hue", "my child"),
    ),
    ("bé Lan lớp 5A trường Tiểu học Kim Đồng bị bắt nạt", ("Lan", "5A", "Kim Đồng"), ("bị bắt nạt",)),
    ("cháu Minh học lớp 3/2 trường TH Lê Văn Tám bị cô đánh", ("Minh", "Lê Văn Tám"), ("bị cô đánh",)),
    ("em học trường THCS Nguyễn Du lớp 7B bị chặn đường", ("Nguyễn Du", "7B"), ("bị chặn đường",)),
    ("con em hoc lop 5a truong tieu hoc kim dong bi danh", ("5a", "kim dong"), ("bi danh",)),
    ("chung cư HH2 Linh Đàm có trẻ rơi từ ban công", ("HH2",), ("ban công",)),
    # Mail, profiles, dates of birth
    ("gửi cho tôi qua lan.nguyen@gmail.com nhé", ("lan.nguyen", "gmail"), ("gửi cho tôi",)),
    ("mail: hang_89@yahoo.com.vn", ("hang_89", "yahoo"), ("mail",)),
    ("có người trên facebook.com/tuan.nguyen.123 dụ em", ("tuan.nguyen",), ("dụ em",)),
    ("https://www.facebook.com/profile.php?id=100012345 nhắn tin bậy cho con tôi", ("100012345",), ("nhắn tin bậy",)),
    ("nhóm zalo.me/g/abcxyz123 rủ con tôi", ("abcxyz123",), ("rủ con tôi",)),
    ("tiktok.com/@be.lan.2012 bị bôi xấu", ("be.lan.2012",), ("bị bôi xấu",)),
    ("con tôi sinh ngày 12/3/2015 có được thẻ BHYT không", ("12/3/2015",), ("sinh ngày", "thẻ BHYT")),
    ("bé sn 2011 bị ép đi làm", ("2011",), ("bị ép đi làm",)),
    ("cháu sinh năm 2012 bị ép cưới", ("2012",), ("bị ép cưới",)),
    ("ngày sinh: 05-06-2014", ("05-06-2014",), ("ngày sinh",)),
    ("em sinh ngày 3 tháng 4 năm 2010, em bị bố đánh", ("3 tháng 4 năm 2010",), ("bị bố đánh",)),
    ("chau sinh ngay 12/3/2015 chua co khai sinh", ("12/3/2015",), ("khai sinh",)),
    ("my child was born on 12 March 2015 in Hue, which benefits?", ("12 March 2015",), ("Hue", "benefits")),
    ("em sinh 2k9 bị bạn trai ép", ("2k9",), ("bị bạn trai ép",)),
    # Found later, by questions written without a look at the lists
    (
        "Con gái anh Tâm tên Khánh Vy học trường mầm non Hoa Sen bị cô đánh",
        ("Tâm", "Khánh Vy", "Hoa Sen"), ("bị cô đánh",),
    ),
    (
        "Tôi tên là Đinh Công Tráng, sinh năm 1985, trú tại xóm 7, xã Nghi Phú, TP Vinh",
        ("Đinh", "Tráng", "1985", "xóm 7", "Nghi Phú"), ("TP Vinh",),
    ),
    (
        "em là học sinh lớp 9A2 trường THCS Trần Hưng Đạo, em bị bạn Quân chặn đánh",
        ("9A2", "Trần Hưng Đạo", "Quân"), ("chặn đánh",),
    ),
    ("Cháu nội tôi (Lê Gia Hân, 4 tuổi) bị sốt xuất huyết, BHYT trả bao nhiêu?", ("Lê", "Hân"), ("4 tuổi", "BHYT trả")),
    ("cho mình hỏi bé nhà mình tên Bảo Ngọc sn 2019 có đc thẻ bhyt k", ("Bảo Ngọc", "2019"), ("thẻ bhyt",)),
    (
        "Toi la Hoang Van Thai, can bo LDTBXH xa Dien An, so dt 0258 3850 123",
        ("Hoang Van", "0258"), ("LDTBXH", "Dien An"),
    ),
    (
        "Ông Trần Văn Hải - Chủ tịch UBND xã Vĩnh Thạnh có trách nhiệm gì với trẻ em?",
        ("Trần", "Hải"), ("Chủ tịch UBND xã Vĩnh Thạnh",),
    ),
    ("Chị Nguyễn Thị Thu Hà (Sở Y tế Khánh Hòa) gửi báo cáo chưa?", ("Nguyễn", "Thu Hà"), ("(Sở Y tế Khánh Hòa)",)),
    ("Con bé Nhung nhà hàng xóm 14 tuổi có bầu", ("Nhung",), ("14 tuổi",)),
    ("vợ chồng anh Sáu Lành nhốt con trong nhà", ("Sáu Lành",), ("nhốt con",)),
    ("Thầy giáo Nguyễn Hữu Phước dạy toán lớp 7 sờ đùi em", ("Nguyễn", "Phước"), ("dạy toán lớp 7",)),
    ("em tên là Lý A Chớ, người Mông ở Hà Giang", ("Lý A", "Chớ"), ("người Mông", "Hà Giang")),
    ("Hạng A Sính 12 tuổi có được học nội trú không?", ("Hạng", "Sính"), ("12 tuổi",)),
    ("Cháu Rah Lan H'Nga được nhận học bổng không", ("Rah", "H'Nga"), ("học bổng",)),
    (
        "Tôi ở 234/5A Cách Mạng Tháng Tám, P.10, Q.3 nghe tiếng trẻ khóc",
        ("234/5A", "Cách Mạng", "P.10"), ("Q.3", "trẻ khóc"),
    ),
    ("nhà số 8 ngách 64/49 Nguyễn Lương Bằng có đứa bé bị xích", ("64/49", "Nguyễn", "Bằng"), ("bị xích",)),
    ("địa chỉ nhà bé: thôn Phú Lễ 2, xã Ninh Phú, thị xã Ninh Hòa", ("Phú Lễ", "Ninh Phú"), ("thị xã Ninh Hòa",)),
    (
        "My neighbour Mr. Hung beats his son every night at 15 Tran Phu street. Who can I call?",
        ("Hung", "15", "Tran Phu"), ("his son",),
    ),
    ("Please help my student Nguyen Thi Kim Anh, phone 0905.111.222", ("Nguyen", "Kim Anh", "0905"), ("my student",)),
    (
        "I'm Thuy from Nha Trang, my niece Bao Tran was touched by her uncle",
        ("Thuy", "Bao Tran"), ("Nha Trang", "her uncle"),
    ),
    ("child's name: Le Hoang Nam, DOB 03/04/2016", ("Le Hoang", "03/04/2016"), ("child's name",)),
    ("cccd: 056 095 001 234", ("056", "001 234"), ("cccd",)),
    ("gọi o9o5123456 nha", ("o9o5123456",), ("nha",)),
    ("nick zalo: 0987.654.321 (Hằng)", ("0987", "Hằng"), ("nick zalo",)),
    ("email nguyenvana[at]gmail.com", ("nguyenvana", "gmail"), ("email",)),
    ("Bé Nguyễn Trần Khánh An sinh 20.10.2018", ("Nguyễn", "Khánh An", "20.10.2018"), ("sinh",)),
    ("Nguyễn Văn A và Trần Thị B cùng nuôi một bé, quyền nuôi thuộc về ai?", ("Nguyễn", "Trần Thị"), ("quyền nuôi",)),
    ("A Tuấn ơi cho e hỏi hạn báo cáo 6 tháng", ("Tuấn",), ("hạn báo cáo 6 tháng",)),
    ("Y Tế thôn bản có phải chị Mai không", ("Mai",), ("Y Tế thôn bản",)),
    ("con tôi bị xe biển số 79N1-234.56 tông", ("79N1", "234.56"), ("tông",)),
    ("hs lê minh khôi lớp 8/3 bị đánh hội đồng", ("lê", "khôi"), ("đánh hội đồng",)),
    ("em phan thanh thảo vy, em ở diên khánh, ba em đánh em", ("phan", "thảo vy"), ("diên khánh",)),
    ("tên cháu: trần gia huy", ("trần", "huy"), ("tên cháu",)),
    ("Tuấn Anh là con tôi, cháu học lớp 2", ("Tuấn Anh",), ("cháu học lớp 2",)),
    ("Tên: Lan\nSĐT: 0912345678\nĐịa chỉ: 12 Lê Lợi\nHỏi: trợ cấp", ("Lan", "0912", "Lê Lợi"), ("Hỏi: trợ cấp",)),
    ("bé \"Lan\" bị bỏ rơi", ("Lan",), ("bỏ rơi",)),
    ("nhờ liên hệ giúp chị Ngô Thị Lụa, 0377889900, thôn Hòa Thạnh", ("Ngô", "Lụa", "0377", "Thạnh"), ("nhờ liên hệ",)),
    ("Em Phúc con anh Bình chị Yến bỏ nhà đi 3 ngày", ("Phúc", "Bình", "Yến"), ("bỏ nhà đi 3 ngày",)),
    ("bé Trần Ngọc Khả Di bị bạo hành ở nhà trẻ", ("Trần", "Khả Di"), ("bạo hành ở nhà trẻ",)),
    ("tìm giúp cháu Vừ Mí Sính, mất tích ở Đồng Văn", ("Vừ", "Sính"), ("mất tích ở Đồng Văn",)),
    ("Nhóc Bin nhà mình 18 tháng, tiêm ở đâu", ("Bin",), ("18 tháng",)),
    ("hai cháu Tâm và Tín mồ côi mẹ", ("Tâm", "Tín"), ("mồ côi mẹ",)),
    ("Mẹ cháu tên Thắm, bố cháu tên Lực, đều đi làm xa", ("Thắm", "Lực"), ("đi làm xa",)),
    ("gặp anh Thành bên Sở Nội vụ để hỏi báo cáo", ("Thành",), ("bên Sở Nội vụ",)),
    ("Bác sĩ Lê Hoài Nam khám cho con tôi ở Bệnh viện Trung ương Huế", ("Lê", "Nam"), ("Bệnh viện Trung ương Huế",)),
    ("luật sư Trần Thị Ngọc Nữ bào chữa cho trẻ", ("Trần", "Nữ"), ("bào chữa cho trẻ",)),
    ("Hi, I'm Sarah, a teacher in Hue. Who handles child labour?", ("Sarah",), ("a teacher in Hue",)),
    ("xin chao toi ten la le thi bich thuy, con toi bi khuyet tat", ("le thi", "thuy"), ("khuyet tat",)),
    ("sdt cua chi nguyet la 0905 333 444, nha o 25 ly thuong kiet", ("nguyet", "0905", "25", "kiet"), ("sdt cua chi",)),
    ("Lan's mother hits her. Who should she call in Hue?", ("Lan",), ("mother hits her",)),
    ("cháu Mai ở huyện Mai Sơn, em Nguyễn Huệ ở phường Nguyễn Huệ", ("cháu Mai", "em Nguyễn"), ("phường Nguyễn Huệ",)),
    ("Nguyễn\u00a0Thị\u00a0Lan   sinh  ngày 12/3/2015", ("Nguyễn", "Lan", "12/3"), ("sinh",)),
    ("Lan bị bố đánh", ("Lan",), ("bị bố đánh",)),
    # Several at once
    (
        "Tôi là Lê Thị Hoa, sđt 0905123456, ở số 5 đường Trần Phú, phường Lộc Thọ, Nha Trang. Con tôi bé Nam bị đánh.",
        ("Lê Thị", "Hoa", "0905", "Trần Phú", "Lộc Thọ", "bé Nam"), ("Nha Trang", "bị đánh"),
    ),
)  # fmt: skip

#: Questions in which nothing may change: bodies, places, numbers of documents, money, sentences in capitals.
#: The same, where capitals alone tell, or English.
RAISED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Lan, Hoa và Minh bị bạn đánh thì báo ai?", ("Lan", "Hoa", "Minh"), ("bị bạn đánh",)),
    ("Hoa và Lan là hai con tôi, có được thẻ BHYT?", ("Hoa", "Lan"), ("hai con tôi", "thẻ BHYT")),
    ("Hùng lớp 6 bị đánh", ("Hùng",), ("lớp 6 bị đánh",)),
    ("Minh (13 tuổi) nghỉ học", ("Minh",), ("13 tuổi) nghỉ học",)),
    ("Ở 12 hẻm 45 Lê Lợi có ai giúp?", ("12", "45", "Lê Lợi"), ("có ai giúp",)),
    ("Lan 9 tuổi bị khuyết tật được gì", ("Lan",), ("9 tuổi bị khuyết tật",)),
    ("Nhà Thảo nghèo lắm thì xã làm gì", ("Thảo",), ("Nhà", "nghèo lắm")),
    ("Nhà Văn hóa thiếu nhi và Nhà trường", (), ("Nhà Văn hóa thiếu nhi và Nhà trường",)),
    ("The mother of Bao is asking what to do", ("Bao",), ("The mother of",)),
    ("My son Minh, born 3 May 2012, lives in Hue", ("Minh", "3 May 2012"), ("My son", "lives in Hue")),
    ("Em Trần Thị Ngọc Ánh học lớp 5A trường Lê Lợi", ("Trần", "Ánh", "Lê Lợi"), ("Em", "học")),
)

PLAIN = (
    "So sánh Hòa Bình và Thái Bình",
    "Người Thái, Dao và Mông được gì ở Bắc Sơn, Bình Gia và Văn Quan?",
    "Sở Lao Động Thương Binh Xã Hội Tỉnh Khánh Hòa Làm Gì",
    "Em Hỏi Hạn Báo Cáo 6 Tháng",
    "Em Muốn biết Sở Y tế phải làm gì",
    "Cháu hỏi chỉ tiêu 5 của Kiên Giang",
    "Cháu Cần số điện thoại bảo vệ trẻ em",
    "Em bé bị bỏ rơi thì ai lo?",
    "Cháu bé bị đuối nước báo ai?",
    "Bé trai bị xâm hại thì công an xử lý thế nào",
    "trẻ em Khánh Hòa được hưởng gì",
    "các em Kiên Giang có thư viện không",
    "các cháu Huế được học bơi chưa",
    "bà con Bắc Kạn gọi số nào",
    "Bác Hồ dạy thiếu nhi điều gì",
    "Tỉnh đoàn, Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Khánh Hòa làm gì?",
    "Hội Phụ nữ tỉnh Lạng Sơn được giao việc gì?",
    "Công an tỉnh Bắc Kạn phải làm gì?",
    "Mai là hạn nộp báo cáo à?",
    "ngày mai gửi báo cáo còn kịp không",
    "Lê là quả gì mà kế hoạch nhắc",
    "Bình Thuận có kế hoạch không?",
    "Cao Bằng thì sao?",
    "Lâm Đồng có trong danh sách không",
    "Hà Nội có kế hoạch trẻ em năm 2023 không?",
    "TP Hồ Chí Minh có chỉ tiêu gì về trẻ em?",
    "Thành phố Hồ Chí Minh",
    "gọi 111, 113, 115 có mất tiền không",
    "Tổng đài 111 là của ai?",
    "18001567 còn dùng không?",
    "1900 54 55 59 là số gì?",
    "Kế hoạch 107/KH-UBND ban hành ngày nào?",
    "Công văn 1566/UBND-VXNV chỉ đạo gì?",
    "Quyết định 67/2016/QĐ-UBND ngày 27/9/2016 quy định gì?",
    "Nghị định 56/2017/NĐ-CP điều 33",
    "giai đoạn 2021 - 2030 và 2021-2025",
    "năm 2020 2021 2022 thay đổi thế nào",
    "18,670 tỷ đồng cho giai đoạn 2021 - 2030",
    "kinh phí 1.495.000.000 đồng",
    "720000000 đồng cho Sở Lao động",
    "tỷ suất 600/100.000 trẻ em",
    "80 triệu một huyện, 15 huyện, tổng bao nhiêu",
    "từ 15/5 đến 30/11/2020",
    "hạn 15/11, 25/5 và 20/11",
    "mục tiêu 95% năm 2025, 98% năm 2030",
    "trẻ 6-10 tuổi, 11-15 tuổi, 16-18 tuổi",
    "chỉ tiêu 3, 4, 5, 6 do ai phụ trách",
    "chỉ tiêu một, hai, ba, bốn, năm, sáu, bảy, tám",
    "Điều 47 Luật Trẻ em nói gì",
    "phường Vĩnh Ninh có điểm vui chơi không",
    "xã Diên Phú có cộng tác viên trẻ em không",
    "thị trấn Giồng Riềng thuộc huyện nào",
    "huyện Diên Khánh được cấp bao nhiêu",
    "trường Tiểu học Kim Đồng có được tập huấn không",
    "Trường THPT chuyên Lê Quý Đôn có tư vấn tâm lý không",
    "Quỹ học bổng Vừ A Dính hỗ trợ ai",
    "giải thưởng Kim Đồng trao cho ai",
    "đường dây nóng của tỉnh",
    "bản kế hoạch năm 2020",
    "thôn bản nào cũng phải có người",
    "y tế thôn bản biết sơ cứu",
    "tổ chức thực hiện",
    "tổ 5 người đi kiểm tra",
    "bản 2 trang này nói gì",
    "phòng chống đuối nước ở ao, hồ",
    "Sở Y Tế Khánh Hòa",
    "Y tế thôn làm gì",
    "Đoàn kiểm tra liên ngành gồm ai",
    "Đoàn thể nào phối hợp",
    "Hội đồng trẻ em các cấp",
    "Hội Cựu chiến binh",
    "Mặt trận Tổ quốc Việt Nam tỉnh",
    "Bộ trưởng Bộ Lao động ký gì",
    "Tháng hành động vì trẻ em năm 2023 chủ đề gì",
    "Tết Trung thu, Tết Nguyên đán tặng quà mấy suất",
    "Diễn đàn trẻ em quốc gia",
    "chương trình Mẹ đỡ đầu",
    "phong trào Nuôi heo đất giúp bạn đến trường",
    "mô hình Ngôi nhà an toàn",
    "Trường học an toàn là gì",
    "Anh chị cho hỏi hạn báo cáo",
    "Anh/chị nào biết chỉ tiêu 10?",
    "chị Công an xã có phải báo không",
    "ông Chủ tịch UBND tỉnh ký à",
    "bà con dân tộc Mông, Dao, Tày",
    "trẻ em gái dân tộc thiểu số",
    "em Đoàn viên hỏi chút",
    "con nuôi, con riêng có được hưởng không",
    "con trai hay con gái đều được à",
    "học sinh sinh viên",
    "khai sinh năm 2020 đạt bao nhiêu",
    "trẻ sinh năm 2020 được khai sinh bao nhiêu phần trăm",
    "học sinh năm 2020",
    "vệ sinh năm 2021",
    "mất cân bằng giới tính khi sinh năm 2025",
    "trẻ em sinh ra được khai sinh đúng hạn",
    "What must the Department of Health do in Khanh Hoa?",
    "Who signed the plan of Lang Son?",
    "Does An Giang have a plan?",
    "Can Tho and Long An, do they have targets?",
    "Which number can a child call?",
    "Do Kien Giang and Hue agree on child labour?",
    "In Hai Phong, what is the deadline?",
    "Compare the two plans from 2 to 5 years",
    "my child is 5, can he get a card?",
    "The teacher hits the pupils, who do I call?",
    "so lao dong lang son bao cao khi nao",
    "anh huong cua covid den tre em",
    "chi tieu 5 kien giang",
    "con so nay o dau ra",
    "em an com chua",
    "be an gi de khong suy dinh duong",
    "co giao day ky nang song",
    "chau minh co duoc mien phi khong",
    "be trai 5 tuoi co the bhyt khong",
    "em tu hoc boi duoc khong",
    "em hieu roi, con chi tieu 6?",
    "ong ba cha me phai lam gi",
    "co nen cho tre di boi khong",
    "SỞ VĂN HÓA VÀ THỂ THAO KHÁNH HÒA ĐƯỢC GIAO VIỆC GÌ?",
    "HẠN BÁO CÁO CỦA LẠNG SƠN LÀ NGÀY NÀO?",
    "Sở Tư Pháp Huế Làm Gì Về Khai Sinh",
    "hồ sơ gồm những gì",
    "hồ nước sông suối nguy hiểm",
    "thái độ của cán bộ",
    "đặng mà báo cáo kịp",
    "lý do giảm chỉ tiêu",
    "lương của cộng tác viên",
    "trang 5 phụ lục 01",
    "vàng hôm nay bao nhiêu",
    "Trung tâm Công tác xã hội tỉnh Khánh Hòa ở đâu",
    "Trung tâm Bảo trợ xã hội có nhận trẻ không",
    "Liên đoàn Lao động tỉnh",
    "Viện kiểm sát, Tòa án làm gì",
    "Ủy ban nhân dân huyện Đồng Thanh",
    "Đài Phát thanh - Truyền hình Khánh Hòa",
    "Ngân hàng Chính sách xã hội cho vay không",
    "Bộ Giáo dục và Đào tạo",
    "Thủ tướng Phạm vi áp dụng",
    "Phạm vi của kế hoạch?",
    "Hoàng Sa, Trường Sa có trẻ em không",
    "Phan Rang, Phan Thiết thuộc tỉnh nào",
    "Đà Nẵng, Quảng Nam, Hội An",
    "Nha Trang, Cam Ranh, Ninh Hòa, Vạn Ninh",
    "Hà Tiên, Rạch Giá, Phú Quốc",
    "Việt Nam ký công ước quyền trẻ em năm nào",
    "Lào Cai, Yên Bái sáp nhập chưa",
    "Hoa hồng tặng cô giáo",
    "Bảo hiểm xã hội tỉnh",
    "Thanh tra Sở",
    "Chi cục Dân số",
    "Phú Yên giờ thuộc tỉnh nào?",
    "chỉ tiêu 1 Kiên Giang 2025",
    "Nghị quyết 12 Quốc hội",
    "lớp 1 trường công có thu tiền không",
    "em học lớp 7 ở Lạng Sơn",
    "đường Trường Sơn Đông qua tỉnh nào",
    "cấp 1, cấp 2, cấp 3",
    "An toàn giao thông",
    "«TÊN_1» là gì?",
    "chỉ tiêu TE 2020 2021 2022",
)  # fmt: skip

#: Questions of eval that name a person or give a number of which it cannot be known whose it is: rightly masked.
EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "dev-metadata-03": ("Đàm Văn Chính",),
    "dev2-metadata-05": ("Đàm Văn Chính",),
    "dev3-hotline-05": ("0258.3883.040",),
    "dev3-metadata-04": ("Đàm Văn Chính",),
    "dev4-hotline-04": ("0258.3883.040",),
    "dev4-adversarial-03": ("Nguyễn Lưu Trung",),
    "t-unans-26": ("Nguyễn Lưu Trung",),
    "t5-hotl-05": ("0258.3883.040",),
    "t6-md-05": ("Chính",),
    "t8-020": ("0258.3883.040",),
    "t15-075": ("0900123456",),
    "t15-078": ("Lâm Minh Thành",),
}
#: What of these the plans themselves print.
PRINTED = ("Đàm Văn Chính", "Nguyễn Lưu Trung", "Lâm Minh Thành", "0258.3883.040")

#: Ways to type a question.
TYPED: dict[str, Callable[[str], str]] = {
    "small": str.lower,
    "capitals": str.upper,
    "no accents": unaccented,
    "small, no accents": lambda text: unaccented(text).lower(),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


def _asked() -> Iterator[tuple[str, str]]:
    """The questions of eval, and what was asked before them, by the ids of their cases."""
    for file in ("cases/tuned.jsonl", "cases/far.jsonl", "other/tuned.jsonl"):
        for line in (EVAL / file).read_text("utf-8").splitlines():
            case = json.loads(line)
            before = [turn["content"] for turn in case.get("history", []) if turn["role"] == "user"]
            yield from ((case["id"], text) for text in (case["question"], *before))


@pytest.mark.parametrize(("text", "gone", "stays"), PRIVATE + RAISED, ids=range(len(PRIVATE + RAISED)))
def test_what_is_private_is_gone_and_comes_back(text: str, gone: tuple[str, ...], stays: tuple[str, ...]) -> None:
    out = masked(text)
    assert [one for one in gone if one in out.texts[0]] == []
    assert [one for one in stays if one not in out.texts[0]] == []
    assert out.restored(out.texts[0]) == text


@pytest.mark.parametrize(
    ("way", "share"), [("decomposed", 1), ("no accents", 0.98), ("small", 0.93), ("small, no accents", 0.84)]
)
def test_so_it_is_however_it_is_typed(way: str, share: float) -> None:
    held = 0
    for text, gone, stays in PRIVATE:
        out = masked(TYPED[way](text))
        assert out.restored(out.texts[0]) == nfc(TYPED[way](text))
        held += not any(nfc(TYPED[way](one)) in out.texts[0] for one in gone)
        held -= not all(nfc(TYPED[way](one)) in out.texts[0] for one in stays)
    assert held >= share * len(PRIVATE)


@pytest.mark.parametrize("text", PLAIN)
def test_nothing_changes_where_nothing_is_private(text: str) -> None:
    for change in (nfc, *TYPED.values()):
        assert masked(change(text)).texts == (nfc(change(text)),)


def test_questions_of_eval_stay_as_they_are_but_for_names_and_numbers_in_them() -> None:
    found = {(name, text): tuple(masked(text).kept.values()) for name, text in _asked()}
    assert {name: kept for (name, _), kept in found.items() if kept} == EXCEPTIONS


def test_what_the_plans_print_may_stay() -> None:
    kept = {one for _, text in _asked() for one in masked(text, public=PRINTED).kept.values()}
    assert kept == {one for found in EXCEPTIONS.values() for one in found} - set(PRINTED)


@pytest.mark.parametrize("way", ["small", "capitals", "no accents", "small, no accents"])
def test_questions_of_eval_stay_however_they_are_typed(way: str) -> None:
    rightly = {TYPED[way](one) for found in EXCEPTIONS.values() for one in found}
    kept = {one for _, text in _asked() for one in masked(TYPED[way](text)).kept.values()}
    assert kept <= rightly


def test_the_same_person_has_the_same_placeholder_throughout() -> None:
    out = masked("Bé Lan có được khám miễn phí không?", "Bé Lan 5 tuổi, ở Huế", "Nhà bé Lan ở ngõ 5")
    assert out.texts[:2] == ("Bé «TÊN_1» có được khám miễn phí không?", "Bé «TÊN_1» 5 tuổi, ở Huế")
    assert out.texts[2] == "Nhà bé «TÊN_1» ở «ĐỊA_CHỈ_1»"
    assert out.kept == {"«TÊN_1»": "Lan", "«ĐỊA_CHỈ_1»": "ngõ 5"}


def test_other_ways_to_write_a_name_share_its_number_and_come_back_as_typed() -> None:
    texts = (
        "Lan được hỗ trợ gì?",
        "Con tôi là Nguyễn Thị Lan",
        "NGUYỄN THỊ LAN",
        "nguyen thi lan",
        "gọi 0912345678",
        "0912.345.678",
    )
    out = masked(*texts)
    assert [re.findall("«.*?»", text) for text in out.texts] == [
        ["«TÊN_1»"], ["«TÊN_1B»"], ["«TÊN_1C»"], ["«TÊN_1D»"], ["«SỐ_1»"], ["«SỐ_1B»"],
    ]  # fmt: skip
    assert tuple(map(out.restored, out.texts)) == texts


def test_two_persons_are_never_taken_for_one() -> None:
    out = masked("Nguyễn Thị Lan và Trần Thị Lan, bé Lan, cô Hoa, chị Hòa")
    assert out.texts == ("«TÊN_1» và «TÊN_2», bé «TÊN_3», cô «TÊN_4», chị «TÊN_5»",)


@pytest.mark.parametrize("typed", ["«TÊN_1»", "TÊN_1", "ten_1", "« Tên_1 »", "[TÊN_1]", "«TÊN_1B»", "«SỐ_1»"])
def test_what_somebody_typed_is_never_taken_for_a_placeholder(typed: str) -> None:
    text = f"{typed} là bé Lan, sđt 0912345678"
    out = masked(text)
    assert out.texts[0].startswith(typed) and set(out.kept) == {"«TÊN_2»", "«SỐ_2»"}
    assert out.restored(out.texts[0]) == text
    assert out.restored(f"{typed} «TÊN_2»") == f"{typed} Lan"


@pytest.mark.parametrize("written", ["«TÊN_1»", "TÊN_1", "«ten_1»", "« TÊN_1 »", "TEN_1"])
def test_a_placeholder_is_known_however_a_model_writes_it(written: str) -> None:
    assert masked("bé Lan").restored(f"Bé {written}: khám miễn phí [1].") == "Bé Lan: khám miễn phí [1]."


def test_what_is_put_back_is_put_back_once() -> None:
    out = masked("gửi «TÊN_9»@gmail.com, mail ten_2@gmail.com cho bé Lan")
    assert out.restored(out.texts[0]) == "gửi «TÊN_9»@gmail.com, mail ten_2@gmail.com cho bé Lan"


def test_a_placeholder_never_stands_for_another_of_its_kind() -> None:
    out = masked("; ".join(f"sđt 09123456{i:02}" for i in range(12)))
    assert len(out.kept) == 12
    assert out.restored("«SỐ_1», «SỐ_12», «SỐ_13»") == "0912345600, 0912345611, «SỐ_13»"


def test_nothing_private_shows_where_it_might_be_logged() -> None:
    out = masked("Bé Lan ở ngõ 5, sđt 0912345678, lan@gmail.com")
    assert repr(out) == str(out) == f"{out}" == "Masked(1 texts, 4 kept)"


@pytest.mark.parametrize(
    "text", ["", " ", "?", "\n", "«", "»«", "a" * 5000, "bé " * 2000, "0 " * 3000, "Nguyễn " * 1500, "12/3 " * 1500]
)
def test_odd_texts_are_read_in_time(text: str) -> None:
    start = time.perf_counter()
    out = masked(text)
    assert out.restored(out.texts[0]) == text
    assert time.perf_counter() - start < 5
