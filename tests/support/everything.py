"""A project that holds everything a brief can have: ``tests/everything``, with its pictures drawn and its code trusted."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image, ImageDraw

from c6brief.documents import trust
from tests.support.paths import REPOSITORY

EVERYTHING = REPOSITORY / "tests" / "everything"


def write_everything(root: Path) -> Path:
    """The project written into ``root``; its code is trusted."""
    shutil.copytree(EVERYTHING, root, dirs_exist_ok=True)
    images = root / "seeds" / "images"
    hall().save(images / "hall.jpg", quality=90)
    street().save(images / "street.png")
    tower().save(images / "tower.webp", quality=80)
    portrait().save(images / "author.tiff", compression="tiff_lzw")
    code = root / "seeds" / "charts" / "own.py"
    trust.trust({code: code.read_bytes()}, root)
    return root


def _ground(size: tuple[int, int], top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    """A picture that goes from one colour at the top to another at the bottom."""
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), top)
    strip.putpixel((0, 1), bottom)
    return strip.resize(size, Image.Resampling.BILINEAR)


def hall() -> Image.Image:
    """A hall with a lift in its middle."""
    image = _ground((1600, 1000), (222, 226, 230), (150, 156, 162))
    draw = ImageDraw.Draw(image)
    for left in range(100, 1600, 350):
        draw.rectangle((left, 120, left + 60, 800), fill=(110, 118, 126))
    draw.rectangle((690, 300, 910, 800), fill=(40, 84, 130))
    draw.rectangle((0, 800, 1600, 1000), fill=(96, 92, 88))
    return image


def street() -> Image.Image:
    """A street and a roof from above."""
    image = _ground((2100, 1000), (186, 190, 170), (150, 158, 140))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 2100, 760), fill=(120, 120, 120))
    draw.polygon([(700, 200), (1300, 200), (1420, 520), (580, 520)], fill=(150, 70, 50))
    return image


def tower() -> Image.Image:
    """A tower at dusk."""
    image = _ground((1800, 2500), (40, 50, 90), (230, 160, 110))
    draw = ImageDraw.Draw(image)
    draw.rectangle((1150, 700, 1450, 2500), fill=(30, 34, 44))
    for left in (0, 380, 800, 1500):
        draw.rectangle((left, 1900, left + 330, 2500), fill=(54, 46, 50))
    return image


def portrait() -> Image.Image:
    """A head and shoulders, in 200 by 250 pixels."""
    image = _ground((240, 300), (214, 218, 222), (190, 194, 200))
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 50, 160, 150), fill=(176, 128, 100))
    draw.ellipse((30, 170, 210, 400), fill=(46, 62, 84))
    return image
