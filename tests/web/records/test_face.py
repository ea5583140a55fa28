"""Whatever leaves has its limits within its own bytes; what cannot carry them is not filed, and does not leave."""

import io
from dataclasses import dataclass

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import ExifTags, Image
from pypdf.annotations import Rectangle
from reportlab.pdfgen.canvas import Canvas

from accord.decision import BadInput
from accord.web.base.scans import MEDIA
from accord.web.records import face, face_image

LIMIT = "Use it only for the purpose stated. Do not pass it on."
FACE = face.Face(("Released to: Lan Nguyễn", LIMIT), (f"R-2026-0001 · Released to Lan Nguyễn · {LIMIT}",))
INSIDE = "Present on all days"


@dataclass(frozen=True)
class File:
    """A file as somebody files it."""

    media: str
    data: bytes


def image(mode: str, size: tuple[int, int], ending: str = "png", orientation: int = 1, **how) -> File:
    """A picture that is red at its top left and blue elsewhere."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, max(1, size[0] // 2), max(1, size[1] // 2)))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    written = io.BytesIO()
    kind = "PNG" if ending == "png" else "JPEG"
    made.convert("RGB" if mode == "LA" else mode).convert(mode).save(written, kind, exif=exif, **how)
    return File(MEDIA[ending], written.getvalue())


def pdf(size: tuple[float, float] = (612, 792), *, turn: int = 0, cut: tuple[float, ...] = (), pages: int = 1) -> File:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size)
    for _ in range(pages):
        canvas.drawString(20, size[1] / 2, INSIDE)
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=written)
    for page in writer.pages:
        page.rotate(turn)
        if cut:
            page.cropbox = pypdf.generic.RectangleObject(cut)
    again = io.BytesIO()
    writer.write(again)
    return File(MEDIA["pdf"], again.getvalue())


def pages_of(leaves: face.Leaving) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(leaves.pdf)).pages)


def words_on(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


sizes = some.tuples(some.integers(1, 300), some.integers(1, 300))
pngs = some.builds(image, some.sampled_from(["1", "L", "P", "RGB", "RGBA", "LA", "I;16"]), sizes)
jpegs = some.builds(
    image,
    some.sampled_from(["L", "RGB", "CMYK"]),
    sizes,
    some.just("jpg"),
    some.integers(1, 8),
    progressive=some.booleans(),
)
sides = some.floats(72, 3000)
pdfs = some.builds(
    pdf, some.tuples(sides, sides), turn=some.sampled_from([0, 90, 180, 270, -90]), pages=some.integers(1, 3)
)
texts = some.text(some.characters(codec="utf-8")).map(lambda one: File(MEDIA["txt"], one.encode()))


@settings(max_examples=60, deadline=None)
@given(some.one_of(pngs, jpegs, pdfs, texts))
def test_every_kind_of_file_that_is_kept_leaves_with_its_limits_on_each_of_its_pages(file):
    face.takes(file.media, file.data)
    leaves = face.put_on(file.media, file.data, FACE)
    if file.media == MEDIA["txt"]:
        assert (leaves.text, leaves.face) == (file.data.decode(), FACE)
        return
    sheet, *pages = pages_of(leaves)
    assert pages
    assert "Released to: Lan Nguyen" in words_on(sheet)
    for page in pages:
        assert f"R-2026-0001 · Released to Lan Nguyen · {LIMIT}" in words_on(page)


def over_its_edge(draws: bytes) -> File:
    """A PDF whose page paints white far below its edge, by what it draws and by a stamp on it."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(612, 792)
    drawn = pypdf.generic.DecodedStreamObject()
    drawn.set_data(draws)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(drawn)
    for low, high in ((-90, 10), (-15, -5), (100, 200)):
        writer.add_annotation(0, Rectangle(rect=(20, low, 300, high), interior_color="ffffff"))
    written = io.BytesIO()
    writer.write(written)
    return File(MEDIA["pdf"], written.getvalue())


def test_nothing_on_a_page_paints_over_the_limits_below_it():
    draws = b"Q Q 1 1 1 rg -1000 -1000 3000 1000 re f"
    [_sheet, page] = pages_of(face.put_on(*_of(over_its_edge(draws)), FACE))
    assert draws not in page.get_contents().get_data()
    form = page["/Resources"]["/XObject"]["/AccordPage"]
    assert (form.get_data(), [float(one) for one in form["/BBox"]]) == (draws, [0, 0, 612, 792])
    stamps = [[float(one) for one in note.get_object()["/Rect"]] for note in page["/Annots"]]
    assert stamps == [[20, 0, 300, 10], [20, 100, 300, 200]]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_keeps_what_stands_on_it_and_grows_by_the_strip_below_what_is_shown(turn):
    [_sheet, page] = pages_of(face.put_on(*_of(pdf(turn=turn, cut=(0, 300, 500, 700))), FACE))
    assert INSIDE in words_on(page)
    left, low, right, top = (float(one) for one in page.cropbox)
    grown = {0: (0, low, 500, 700), 90: (0, 300, right, 700), 180: (0, 300, 500, top), 270: (left, 300, 500, 700)}
    assert (left, low, right, top) == grown[turn]
    assert (right - left) * (top - low) > 500 * 400


def _of(file: File) -> tuple[str, bytes]:
    return file.media, file.data


TOP, BOTTOM = (5, 5), (5, 55)


@pytest.mark.parametrize(("file", "corner"), [
    (image("RGB", (90, 60)), TOP), (image("P", (90, 60)), TOP), (image("RGBA", (90, 60)), TOP),
    (image("RGB", (90, 60), "jpg", quality=95), TOP), (image("CMYK", (90, 60), "jpg", quality=95), TOP),
    (image("RGB", (60, 90), "jpg", 8, quality=95), BOTTOM),
], ids=["png", "palette", "alpha", "jpeg", "cmyk", "turned"])  # fmt: skip
def test_the_picture_on_the_page_is_the_picture_that_was_filed(file, corner):
    [_sheet, page] = pages_of(face.put_on(*_of(file), FACE))
    shown = page.images[0].image.convert("RGB")
    assert shown.size == (90, 60)
    red, blue = shown.getpixel(corner), shown.getpixel((80, 50))
    assert red[0] > 180 > red[2]
    assert blue[2] > 180 > blue[0]


def test_what_a_camera_wrote_into_a_photograph_does_not_leave_with_it():
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "taken at the home of the student"
    written = io.BytesIO()
    Image.new("RGB", (90, 60), "red").save(written, "JPEG", exif=exif, comment=b"what the child said")
    assert b"home of the student" in written.getvalue()
    leaves = face.put_on(MEDIA["jpg"], written.getvalue(), FACE).pdf
    assert b"JFIF" in leaves  # the picture stands in the file as it is, so what it says can be looked for
    assert b"home of the student" not in leaves
    assert b"what the child said" not in leaves


def locked() -> File:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf().data))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return File(MEDIA["pdf"], written.getvalue())


def nested() -> File:
    """A small file that tells of a million million pages: each branch of its tree stands ten times in the one above."""
    branches = [f"<< /Type /Pages /Count 1 /Kids [{f'{at + 1} 0 R ' * 10}] >>" for at in range(2, 14)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", *branches, "<< /Type /Page /MediaBox [0 0 9 9] >>"]
    body, places = "%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{told}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return File(MEDIA["pdf"], f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode())


REFUSED = {
    "locked": (locked(), "password"),
    "damaged": (File(MEDIA["pdf"], b"%PDF-1.7 nothing"), "cannot be read"),
    "no page": (File(MEDIA["pdf"], b"%PDF-1.4\ntrailer\n<< /Root << /Type /Catalog >> >>"), "cannot be read"),
    "endless": (nested(), "more than"),
    "cut off": (File(MEDIA["png"], image("RGB", (90, 60)).data[:-40]), "cannot be read"),
    "bomb": (image("1", (8000, 6000)), "million pixels"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "because"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_carry_its_limits_is_refused_with_how_to_mend_it(file, because):
    with pytest.raises(BadInput, match=because) as refused:
        face.takes(file.media, file.data)
    assert refused.value.where == "file"
    assert refused.value.mend


def test_no_picture_is_opened_whose_size_alone_is_too_much():
    data = bytearray(image("L", (10, 10)).data)
    data[16:24] = (60_000).to_bytes(4) * 2
    with pytest.raises(BadInput):
        face_image.page(bytes(data))
