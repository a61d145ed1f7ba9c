"""The code of an address, for cameras."""

from xml.etree import ElementTree

from dwmtj_widgets.widgets.page.share_box import qr_code


def test_code_of_an_address_is_a_picture_unless_cameras_could_not_read_it() -> None:
    picture = ElementTree.fromstring(qr_code("http://192.0.2.7:8866/recall_lab?s=abc"))
    assert picture.tag == "svg" and picture.get("viewBox")
    assert qr_code("http://192.0.2.7:8866/recall_lab?s=" + "a" * 1200) == ""
