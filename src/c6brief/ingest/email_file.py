"""E-mails as mail programs save them (EML, RFC 5322), by Python's own library."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.cleaning import clean_text
from c6brief.ingest.markup import text_of_html
from c6brief.ingest.read_file import Metadata, ReadFile

SIGNATURES = "signatures of e-mails"
ANSWERED = "lines of e-mails that are answered"

_SIGNATURE = re.compile(r"^-- ?\n.*\Z", re.M | re.S)
_ANSWERED = re.compile(
    r"(?:^(?:On|Am|Le|El) [^\n]{0,200}(?:wrote|schrieb|écrit|escribió)[ \u00a0]?:[ \t]*\n)?(?:^>[^\n]*\n?)+", re.M
)


def read_email(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """An e-mail: its subject and its words. Problems: ``not-an-email``, ``no-text-found``."""
    here = Place(display_name(path))
    try:
        return _read(message_from_bytes(data, policy=policy.default), here, problems)
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as reason:  # heads that Python's parser breaks on
        message = f"this e-mail cannot be read: {type(reason).__name__}"
        problems.error("not-an-email", message, here, "save it again in another mail program, or add its text")
        return None


def _read(message: Message, here: Place, problems: Problems) -> ReadFile | None:
    if not isinstance(message, EmailMessage) or not (message.get("From") or message.get("Subject")):
        problems.error(
            "not-an-email", "this is no e-mail: it has neither sender nor subject", here, "is its ending right?"
        )
        return None
    cleaned: Counter[str] = Counter()
    words = _words(message, cleaned)
    if not words.strip():
        problems.error("no-text-found", "this e-mail holds no words", here, "add what is attached to it instead")
        return None
    words = _counted(SIGNATURES, _SIGNATURE, words, cleaned)
    words = _counted(ANSWERED, _ANSWERED, words, cleaned)
    subject = " ".join(str(message.get("Subject", "")).split())
    name, address = parseaddr(str(message.get("From", "")))
    text = clean_text(words, cleaned)
    metadata = Metadata(
        title=subject,
        authors=tuple(filter(None, [name or address])),
        issued=_date(message),
        unsure=frozenset(("author", "type")),
    )
    return ReadFile((text,), metadata, cleaned)


def _words(message: EmailMessage, cleaned: Counter[str]) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, ValueError, KeyError):  # a charset or an encoding that nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return ""
    content = content.replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return text_of_html(content)[0]
    if str(part.get_param("format", "")).lower() == "flowed":
        is_joined = str(part.get_param("delsp", "")).lower() == "yes"
        content = re.sub(r"(?<!^--) \n(?=[^\n])", "" if is_joined else " ", content, flags=re.M)
        content = re.sub(r"(?m)^ (?=>|From| )", "", content)
    return content


def _counted(kind: str, pattern: re.Pattern[str], text: str, cleaned: Counter[str]) -> str:
    lines = sum(each.group().count("\n") + 1 if kind == ANSWERED else 1 for each in pattern.finditer(text))
    if lines:
        cleaned[kind] += lines
    return pattern.sub("", text)


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return ""
