"""A field left blank says what to do, in the words that fit it."""

import pytest
from django import forms

from alertdesk.lib.normal_text import NormalText


class Everything(NormalText, forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    upload = forms.FileField()
    agreed = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Ghi lý do."})


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Đề nghị nhập nội dung này."),
        ("kind", "Đề nghị chọn một mục."),
        ("upload", "Đề nghị chọn tệp."),
        ("agreed", "Đề nghị đánh dấu vào ô này để tiếp tục."),
        ("own", "Ghi lý do."),
    ],
)
def test_each_kind_of_field_has_its_own_sentence(field, sentence):
    assert Everything({}).errors[field] == [sentence]
