"""Invented answers of the demo, one list for each kind of action: (status, note, total, done, extra, reference)."""

from alertdesk.lib import clock
from directives.models import AnswerStatus, RequiredAction

Kind = RequiredAction.Kind
DONE, PARTLY, NIL, NOT_APPLICABLE = (
    AnswerStatus.DONE,
    AnswerStatus.PARTLY,
    AnswerStatus.NIL,
    AnswerStatus.NOT_APPLICABLE,
)

ANSWERS = {
    Kind.SYSTEMS: (
        (
            DONE,
            "Đã rà soát tài khoản quản trị, sao lưu dữ liệu và cập nhật tường lửa cho các hệ thống trong phạm vi.",
            3,
            3,
            1,
            "",
        ),
        (PARTLY, "Hệ thống một cửa còn chờ cửa sổ bảo trì tối 28/4 để cập nhật.", 4, 3, 1, ""),
        (NOT_APPLICABLE, "Các hệ thống dùng chung do Trung tâm CNTT và Truyền thông vận hành.", None, None, None, ""),
    ),
    Kind.VULNERABILITIES: (
        (DONE, "Đã cập nhật bản vá tháng 4/2023 cho toàn bộ máy trạm và máy chủ.", 64, 64, 0, ""),
        (PARTLY, "06 máy Windows cũ chưa cập nhật được, đã ngắt khỏi mạng, thay thế trước 15/5.", 118, 112, 6, ""),
        (PARTLY, "Còn 11 máy của các phòng chuyên môn, hoàn thành trong ngày 28/4.", 87, 76, 0, ""),
    ),
    Kind.PORTALS: (
        (DONE, "Đơn vị vận hành đã ký cam kết; kiểm tra bài đăng 03 lần mỗi ngày.", 1, 1, 0, ""),
        (DONE, "Đã tắt tính năng bình luận trong kỳ nghỉ, phân công người trực nội dung.", 2, 2, 0, ""),
        (PARTLY, "01 trang chuyên đề chưa có cam kết của đơn vị cho thuê.", 2, 1, 0, ""),
    ),
    Kind.LAYERS_AND_DUTY: (
        (
            DONE,
            "Đã phân công trực 24/7, có số điện thoại dự phòng; nhà cung cấp đường truyền đã xác nhận.",
            1,
            1,
            6,
            "",
        ),
        (PARTLY, "Lớp 3 (kiểm tra, đánh giá độc lập) chưa thực hiện trong năm; lịch trực đã đủ.", 1, 0, 4, ""),
        (NIL, "Cơ quan không có hệ thống cấp độ 3; đã phân công người trực và thông báo đầu mối.", None, None, 3, ""),
    ),
    Kind.CASCADE: (
        (
            DONE,
            "Đã sao gửi qua hệ thống văn bản đến các đơn vị trực thuộc.",
            12,
            12,
            9,
            "Công văn sao gửi ngày 27/4/2023",
        ),
        (DONE, "Đã thông báo đến tất cả đơn vị trực thuộc.", 5, 5, 5, "Thông báo nội bộ ngày 26/4/2023"),
        (NOT_APPLICABLE, "Cơ quan không có đơn vị trực thuộc.", None, None, None, ""),
    ),
}

REASON = "Đề nghị ghi rõ số máy chưa cập nhật, lý do và thời hạn hoàn thành."
REVIEW_NOTE = "Báo cáo đã đủ các nội dung khác."
CALLS = (
    ("Chị Hạnh, Văn phòng", "Đã nhận công văn, gửi báo cáo trước 16:00 hôm nay."),
    ("Anh Đức, phụ trách CNTT", "Đang chờ số liệu của các phòng, gửi trong sáng nay."),
    ("Văn thư", "Chưa thấy công văn trên hệ thống; đã đề nghị kiểm tra lại."),
)
WHY_MORE_TIME = "Hai đơn vị trực thuộc chưa gửi số liệu máy chưa cập nhật; đề nghị được báo cáo sau kỳ nghỉ lễ."
# Recipient, action, when, whether the desk wrote it, and what.
REMARKS = (
    (2, 2, clock.local(2023, 4, 27, 10, 5), False, "Máy tính thuê ngoài có phải thống kê trong nội dung này không?"),
    (2, 2, clock.local(2023, 4, 27, 10, 40), True, "Có. Đề nghị thống kê cả máy thuê ngoài và ghi rõ đơn vị cho thuê."),
    (
        6,
        4,
        clock.local(2023, 4, 28, 8, 45),
        False,
        "Cơ quan dùng đường truyền của Văn phòng UBND tỉnh thì ghi nội dung trực thế nào?",
    ),
)
EVIDENCE = "Dữ liệu minh họa: biên bản kiểm tra do hệ thống tạo cho bản trình diễn.\n"
GUIDANCE = "Dữ liệu minh họa: hướng dẫn khắc phục các lỗ hổng trong sản phẩm Microsoft tháng 01-04/2023.\n"
ORIGINAL = "Dữ liệu minh họa: chỗ của bản gốc công văn đã ký số.\n"
LETTER = "Dữ liệu minh họa: chỗ của Công văn số 1520/BTTTT-CATTT ngày 26/4/2023.\n"
