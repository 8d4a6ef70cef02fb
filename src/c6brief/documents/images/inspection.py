"""Looking at the file of an image: its format by its content, its size, and whether it is whole. No pixel is decoded."""

from __future__ import annotations

from c6brief.documents.images.facts import ENDINGS, PRINTED, BadImage, Format, ImageFacts, format_of


def inspect_image(data: bytes, name: str, allowed: tuple[Format, ...] = PRINTED, page: int = 1) -> ImageFacts:
    """What is known of the image in ``data``, the content of the file ``name``.

    ``page`` is that of a PDF. Raises :class:`BadImage`: ``bad-value`` for a page that there is not, ``image-format`` for another format than the ``allowed`` ones, for a name whose ending says
    another one than the content, and for animations; ``image-damaged``, ``image-too-large``; ``image-unsafe`` for drawings.
    """
    found = format_of(data)
    known = ", ".join(allowed)
    if found is None:
        hint = f"known are {known}" + (
            ": save a photograph as JPEG, a chart as SVG or PNG" if "JPEG" in allowed else ""
        )
        raise BadImage("image-format", "the file is no image that can be printed", hint)
    if found not in allowed:
        raise BadImage("image-format", f"{found} is not read here", f"known are {known}")
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in ENDINGS[found]:
        said = f"its name ends in '{ending}'" if ending else "its name has no ending"
        raise BadImage("image-format", f"the file is {found}, and {said}", f"name it {ENDINGS[found][0]}")
    if found == "SVG":
        from c6brief.documents.images.drawing import inspect_drawing  # here: most projects have none

        return inspect_drawing(data)
    if found == "PDF":
        from c6brief.documents.images.pdf_page import inspect_pdf  # here: most projects have none

        return inspect_pdf(data, page)
    from c6brief.documents.images.pixels import inspect_pixels  # likewise

    return inspect_pixels(data, found)
