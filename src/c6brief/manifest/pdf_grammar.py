"""The keys of PDF dictionaries that files of ours have: an allow-list. Whatever else a file has, c6brief did not write.

A kind of dictionary is a name of ours; for each key it says of which kind the value is, or the values in its array.
``ATOM`` are values without dictionaries in them, ``WHOLE`` those whose numbers are whole ones or may be, and ``SKIP``
is what says again what is known from elsewhere. A test holds the list against files of every template and standard, and
against everything that WeasyPrint's code can write.
"""

from __future__ import annotations

from typing import Final

ATOM: Final = "value"
WHOLE: Final = "whole number"
SKIP: Final = "skip"


def _keys(atoms: str, **others: str) -> dict[str, str]:
    return {**dict.fromkeys(atoms.split(), ATOM), **others}


KEYS: dict[str, dict[str, str]] = {
    "information": _keys("Title Author Subject Keywords Creator CreationDate", Producer=SKIP, ModDate=SKIP),
    "catalog": _keys(
        "Type Lang",
        Pages=SKIP,
        MarkInfo="mark information",
        Metadata="metadata",
        Names="names",
        Outlines=SKIP,
        OutputIntents="output intent",
        StructTreeRoot=SKIP,
        ViewerPreferences="viewer preferences",
        AF="file specification",
    ),
    "mark information": _keys("Marked"),
    "viewer preferences": _keys("DisplayDocTitle"),
    "metadata": _keys("Type Subtype"),
    "names": {"Dests": "list of destinations", "EmbeddedFiles": "list of files"},
    "list of destinations": {"Names": "destination"},
    "list of files": {"Names": "file specification"},
    "output intent": _keys("Type S OutputConditionIdentifier Info", DestOutputProfile="colour profile"),
    "colour profile": _keys("Range Alternate", N=WHOLE),
    "node of the page tree": _keys("Type", Count=WHOLE, Kids=SKIP, Parent=SKIP),
    "page": _keys(
        "Type MediaBox CropBox BleedBox TrimBox Tabs",
        Rotate=WHOLE,
        StructParents=WHOLE,
        Parent=SKIP,
        Contents="content",
        Resources="resources",
        Annots="annotation",
    ),
    "content": {},
    "resources": {
        "Font": "fonts",
        "XObject": "drawings",
        "ExtGState": "graphics states",
        "Pattern": "patterns",
        "Shading": "shadings",
        "ColorSpace": "colour spaces",
    },
    "fonts": {"*": "font"},
    "drawings": {"*": "drawing"},
    "graphics states": {"*": "graphics state"},
    "patterns": {"*": "pattern"},
    "shadings": {"*": "shading"},
    "colour spaces": {"*": "colour space"},
    "font": _keys(
        "Type Subtype BaseFont FontBBox FontMatrix Widths",
        FirstChar=WHOLE,
        LastChar=WHOLE,
        DescendantFonts="descendant font",
        Encoding="encoding",
        ToUnicode="character map",
        CharProcs="glyphs",
    ),
    "descendant font": _keys(
        "Type Subtype BaseFont",
        W=WHOLE,
        DW=WHOLE,
        CIDToGIDMap="glyph map",
        CIDSystemInfo="character collection",
        FontDescriptor="font descriptor",
    ),
    "character collection": _keys("Registry Ordering", Supplement=WHOLE),
    "font descriptor": _keys(
        "Type FontName FontFamily FontBBox ItalicAngle Ascent Descent CapHeight StemV StemH",
        Flags=WHOLE,
        FontFile2="font file",
        FontFile3="font file",
        CIDSet="character set",
    ),
    "font file": _keys("Subtype", Length1=WHOLE),
    "character set": {},
    "character map": {},
    "glyph map": {},
    "encoding": _keys("Type CMapName", Differences=WHOLE, CIDSystemInfo="character collection"),
    "glyphs": {"*": "content"},
    "drawing": _keys(
        "Type Subtype BBox Matrix Interpolate Decode",
        **dict.fromkeys(("FormType", "StructParents", "Width", "Height", "BitsPerComponent"), WHOLE),
        Resources="resources",
        Group="transparency group",
        ColorSpace="colour space",
        SMask="drawing",
    ),
    "transparency group": _keys("Type S I K", CS="colour space"),
    "graphics state": _keys("Type CA ca AIS BM", SMask="mask"),
    "mask": _keys("Type S", G="drawing"),
    "pattern": _keys(
        "Type BBox XStep YStep Matrix",
        **dict.fromkeys(("PatternType", "TilingType", "PaintType"), WHOLE),
        Resources="resources",
        Shading="shading",
    ),
    "shading": _keys("Domain Coords Extend", ShadingType=WHOLE, ColorSpace="colour space", Function="function"),
    "function": _keys("Domain C0 C1 N Encode Bounds", FunctionType=WHOLE, Functions="function"),
    "colour space": _keys("Range Alternate WhitePoint", N=WHOLE),
    "annotation": _keys(
        "Type Subtype Rect Contents",
        F=WHOLE,
        StructParent=WHOLE,
        BS="border",
        Dest="destination",
        A="action",
    ),
    "border": _keys("W"),
    "action": _keys("Type S URI", D="destination", SD="destination"),
    "destination": {"D": "destination", "SD": "destination"},
    "bookmarks": _keys("", Count=WHOLE, First=SKIP, Last=SKIP),
    "bookmark": _keys(
        "Title",
        Count=WHOLE,
        Dest="destination",
        A="action",
        **dict.fromkeys(("Parent", "First", "Last", "Next", "Prev"), SKIP),
    ),
    "root of the tags": _keys(
        "Type",
        K=SKIP,
        IDTree="list of elements",
        ParentTree="tree of parents",
        Namespaces="namespace",
    ),
    "list of elements": {"Names": "reference to elements"},
    "tree of parents": {"Nums": "reference to elements"},
    "reference to elements": {},
    "tag": _keys(
        "Type S ID Lang Alt E",
        P="reference to elements",
        Pg="reference to pages",
        Ref="reference to elements",
        K="content of a tag",
        A="attributes",
        AF="file specification",
        NS="namespace",
    ),
    "reference to pages": {},
    "content of a tag": _keys(
        "Type", MCID=WHOLE, Pg="reference to pages", Obj="reference to annotations", Stm="drawing"
    ),
    "reference to annotations": {},
    "attributes": _keys("O Scope Headers BBox ListNumbering", RowSpan=WHOLE, ColSpan=WHOLE),
    "namespace": _keys("Type NS"),
    "file specification": _keys("Type F UF Desc AFRelationship", EF="embedded files"),
    "embedded files": {"F": "file", "UF": "file"},
    "file": _keys("Type Subtype", Params="parameters of a file"),
    "parameters of a file": _keys("CheckSum CreationDate ModDate", Size=WHOLE),
}
"""By kind of dictionary: the kind of each key's value; ``*`` is for any key."""

STREAMS = {
    "metadata", "colour profile", "content", "font file", "character set", "character map", "drawing", "file",
}  # fmt: skip
"""Kinds that are streams."""

EITHER = {"encoding", "glyph map", "pattern", "shading", "function", "colour space"}
"""Kinds that may be streams; in a colour space the profile is one."""

WHOLE_NUMBERS = {WHOLE, "content of a tag", "reference to elements"}
"""Kinds whose numbers readers take as whole ones: numbers of glyphs, of marked content, of what belongs to a tag."""

VALUES: dict[str, dict[str, tuple[str | bool | None, ...]]] = {
    "annotation": {"Subtype": ("Link",)},
    "action": {"S": ("URI", "GoTo")},
    "drawing": {"Subtype": ("Form", "Image")},
    "metadata": {"Subtype": ("XML",)},
    "mark information": {"Marked": (True,)},
    "viewer preferences": {"DisplayDocTitle": (True,)},
    "file specification": {"AFRelationship": ("Source", "Data", "Supplement", "Unspecified", None)},
}
"""By kind of dictionary: the values that a key must have, where others would do something else."""

TYPES: dict[str, tuple[str, ...]] = {
    "metadata": ("Metadata",),
    "output intent": ("OutputIntent",),
    "node of the page tree": ("Pages",),
    "font": ("Font",),
    "descendant font": ("Font",),
    "font descriptor": ("FontDescriptor",),
    "encoding": ("Encoding", "CMap"),
    "drawing": ("XObject",),
    "transparency group": ("Group",),
    "graphics state": ("ExtGState",),
    "mask": ("Mask",),
    "pattern": ("Pattern",),
    "annotation": ("Annot",),
    "action": ("Action",),
    "root of the tags": ("StructTreeRoot",),
    "tag": ("StructElem",),
    "content of a tag": ("MCR", "OBJR"),
    "namespace": ("Namespace",),
    "file specification": ("Filespec",),
    "file": ("EmbeddedFile",),
}
"""By kind of dictionary: the values of ``Type`` that it may have, where it has one. A text there would say anything."""
