"""Why a file cannot be read as a directive, in words that say what to do about it."""

REASONS: dict[str, tuple[str, str]] = {
    "empty": (
        "Tệp không có nội dung. Đề nghị chọn lại tệp công văn, hoặc dán nội dung công văn vào ô văn bản.",
        "The file is empty. Choose the directive's file again, or paste its text.",
    ),
    "too_large": (
        "Tệp lớn hơn mức cho phép (20 MB, kể cả sau khi giải nén). Đề nghị tách phụ lục ra tệp riêng "
        "rồi nhập lại phần công văn.",
        "The file is larger than allowed (20 MB, or too large once unpacked). Move the annexes to files of "
        "their own and import the directive alone.",
    ),
    "unknown_encoding": (
        "Không nhận ra bảng mã chữ của tệp (có thể là VNI). Đề nghị mở tệp, lưu lại ở dạng Unicode "
        "(UTF-8) hoặc .docx rồi nhập lại.",
        "The file's character encoding is not known (perhaps VNI). Open it, save it as Unicode (UTF-8) "
        "or .docx, and import it again.",
    ),
    "encrypted_pdf": (
        "Tệp PDF có mật khẩu nên không đọc được. Đề nghị bỏ mật khẩu rồi nhập lại, hoặc dán nội dung công văn.",
        "The PDF is protected by a password. Remove the password and import it again, or paste the text.",
    ),
    "scanned_pdf": (
        "Tệp PDF là bản quét ảnh, không có lớp chữ để đọc. Đề nghị gõ hoặc dán nội dung công văn; "
        "bản quét vẫn đính kèm được làm bản gốc.",
        "The PDF is a scan without a text layer. Type or paste the directive's text; the scan can still be "
        "attached as the original.",
    ),
    "damaged": (
        "Tệp bị hỏng, không mở được. Đề nghị tải lại tệp từ hệ thống gửi nhận văn bản hoặc xin lại bản khác.",
        "The file is damaged and cannot be opened. Download it again or ask for another copy.",
    ),
    "not_a_directive": (
        "Nội dung tệp không giống một công văn chỉ đạo (không thấy số, ký hiệu, Kính gửi, Nơi nhận). "
        "Đề nghị kiểm tra lại tệp đã chọn.",
        "The content does not look like a directive (no number, addressees or distribution list found). "
        "Check that the right file was chosen.",
    ),
    "unsupported_type": (
        "Loại tệp này chưa đọc được. Đề nghị dùng .docx, .pdf có lớp chữ hoặc .txt; tệp .doc đời cũ hoặc tệp Word "
        "có mật khẩu thì mở ra và lưu lại thành .docx.",
        "This type of file cannot be read. Use .docx, a .pdf with text, or .txt; open an old .doc or a "
        "password-protected Word file and save it as .docx.",
    ),
    "no_cve_column": (
        "Không thấy cột mã CVE trong bảng. Đề nghị kiểm tra dòng tiêu đề (ví dụ: CVE, Sản phẩm, Tác động, Điểm CVSS, "
        "Bị khai thác từ ngày, Bản vá) rồi chọn lại tệp.",
        "No table with a CVE column was found. Check the header row (for instance: CVE, product, impact, CVSS, "
        "exploited since, fix) and choose the file again.",
    ),
    "not_csaf": (
        "Tệp không phải là cảnh báo dạng CSAF 2.0 có danh sách lỗ hổng. Đề nghị tải lại tệp từ nhà sản xuất, "
        "hoặc dùng bảng .csv, .xlsx, .docx.",
        "The file is no CSAF 2.0 advisory with vulnerabilities. Download it again, or use a table in .csv, .xlsx "
        "or .docx.",
    ),
    "too_many_rows": (
        "Bảng có quá nhiều dòng (nhiều nhất 1.000). Đề nghị chỉ giữ các lỗ hổng mà công văn yêu cầu xử lý.",
        "The table has too many rows (at most 1,000). Keep only the vulnerabilities that the directive names.",
    ),
    "no_scan_columns": (
        "Không thấy cột máy và cột lỗ hổng hoặc sản phẩm trong bảng. Đề nghị kiểm tra dòng tiêu đề (ví dụ: Host hoặc "
        "IP, Hệ điều hành, CVE, Build, Trạng thái) rồi chọn lại tệp.",
        "No table with a column of machines and one of vulnerabilities or products was found. Check the header row "
        "(for instance: host or IP, OS, CVE, build, status) and choose the file again.",
    ),
    "too_many_scan_rows": (
        "Tệp có quá nhiều dòng (nhiều nhất 5.000). Đề nghị chỉ xuất các lỗ hổng mà công văn nêu, hoặc tách tệp theo "
        "đơn vị.",
        "The file has too many rows (at most 5,000). Export only the vulnerabilities that the directive names, or "
        "split the file by unit.",
    ),
    "unsupported_scan": (
        "Loại tệp này không đọc được thành bảng. Đề nghị xuất kết quả rà quét ra .csv hoặc .xlsx.",
        "No table can be read from this type of file. Export the scan as .csv or .xlsx.",
    ),
    "formula": (
        "Bảng tính có ô công thức hoặc ô báo lỗi. Đề nghị sao chép và dán lại dạng giá trị rồi chọn lại tệp.",
        "The workbook holds formulas or errors. Copy them, paste them as values, and choose the file again.",
    ),
    "unsupported_table": (
        "Loại tệp này không đọc được thành bảng. Đề nghị dùng .csv, .xlsx, .docx có bảng, hoặc CSAF 2.0 (.json).",
        "No table can be read from this type of file. Use .csv, .xlsx, a .docx with a table, or CSAF 2.0 (.json).",
    ),
    "too_heavy": (
        "Tệp cần quá nhiều bộ nhớ hoặc thời gian để đọc nên đã dừng lại. Đề nghị mở tệp, lưu lại bản chỉ gồm phần "
        "công văn (không kèm phụ lục, hình ảnh) rồi nhập lại, hoặc dán nội dung công văn.",
        "The file takes too much memory or time to read, so reading was stopped. Open it, save the directive alone "
        "(without annexes and pictures) and import it again, or paste the text.",
    ),
    "not_found": (
        "Không tìm thấy tệp. Đề nghị kiểm tra lại đường dẫn.",
        "The file was not found. Check the path.",
    ),
    "not_a_file": (
        "Đường dẫn không phải là một tệp. Đề nghị chỉ rõ tệp công văn.",
        "The path is not a file. Name the directive's file itself.",
    ),
    "not_readable": (
        "Không có quyền đọc tệp. Đề nghị kiểm tra quyền truy cập của tệp.",
        "The file may not be read. Check its permissions.",
    ),
}


class DirectiveUnreadable(Exception):
    """Say, by code and in both languages, why bytes give no draft."""

    def __init__(self, code: str):
        self.code = code
        self.vi, self.en = REASONS[code]
        super().__init__(f"{self.vi} / {self.en}")
