"""The project about buses broken in one place each: what is broken, and the problem that it ends in."""

from tests.support.project import BRIEF

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD_BRIEFS = {
    "unknown key": (BRIEF.replace("subtitle:", "subtitel:"), "unknown-key", "2:1", "did you mean 'subtitle'?"),
    "missing key": (BRIEF.replace("date: 2026-03-02\n", ""), "missing-key", "1:1", "add 'date: …'"),
    "wrong type": (BRIEF.replace("title: Stations wait for their lifts", "title: [a]"), "wrong-type", "1:8", ""),
    "number for text": (BRIEF.replace("title: Stations wait for their lifts", "title: 7"), "wrong-type", "1:8", "quotes"),
    "unknown section": (BRIEF.replace("use: lifts", "use: lift"), "unknown-id", "10:10", "did you mean 'lifts'?"),
    "unknown quote": (BRIEF.replace("lift-everywhere", "lift-evrywhere"), "unknown-id", "11:14", "'lift-everywhere'?"),
    "unknown citation": (BRIEF.replace("[@step-free]", "[@step-fre]", 1), "unknown-id", "8:42", "'step-free'?"),
    "citing a section": (BRIEF.replace("[@step-free]", "[@lifts]", 1), "unknown-id", "8:42", "cite a source"),
    "bad day": (BRIEF.replace("2026-03-02", "2026-02-30"), "bad-date", "5:7", "date: 2026-03-02"),
    "day in words": (BRIEF.replace("2026-03-02", "2 March 2026"), "bad-date", "5:7", "date: 2026-03-02"),
    "unknown language": (BRIEF + "language: tlh\n", "unknown-language", "20:11", "known: en"),
    "unknown template": (BRIEF + "template: policy-breif\n", "unknown-template", "20:1", "policy-brief"),
    "empty section": (BRIEF.replace("  - use: lifts\n    quotes", "  - quotes"), "missing-key", "10:5", "use"),
    "not YAML": ("title: 'unclosed\n", "yaml-syntax", "1:8", "end the text with '"),
    "colon in a value": ("title: a: b\n", "yaml-syntax", "1:9", "quotes"),
    "tab": ("title: a\nauthors:\n\t- b\n", "yaml-syntax", "3:1", "spaces, not tabs"),
    "a list": ("- a\n", "wrong-type", "1:1", "title"),
    "a word": ("words\n", "wrong-type", "1:1", "title"),
    "duplicate key": (BRIEF + "title: again\n", "duplicate-key", "20:1", "first on line 1"),
    "alias bomb": (BOMB, "yaml-alias", "1:4", "anchors are not read"),
    "alias": ("title: *x\n", "yaml-alias", "1:8", "write the value out"),
    "tag": ("title: !!python/object:os.system x\n", "yaml-tag", "1:8", "remove it"),
    "two documents": ("title: a\n---\ntitle: b\n", "yaml-syntax", "2:1", "---"),
    "too deep": ("title: " + "[" * 41 + "]" * 41 + "\n", "yaml-depth", "1:47", ""),
    "much too deep": ("title: " + "[" * 100_000 + "\n", "yaml-depth", "1:47", ""),
    "empty": ("", "empty-file", "1:1", "write it"),
    "blank": (" \n\n", "empty-file", "1:1", "write it"),
    "comment only": ("# nothing\n", "empty-file", "1:1", ""),
    "not UTF-8": (b"title: a\nsubtitle: caf\xe9\n", "not-utf-8", "2:14", "UTF-8"),
    "UTF-16": ("title: a\n".encode("utf-16"), "not-utf-8", "1:1", "UTF-8"),
    "BOM": (b"\xef\xbb\xbf" + BRIEF.encode(), "byte-order-mark", "1:1", "without BOM"),
    "control character": ("title: a\x07b\n", "yaml-syntax", "1:9", ""),
    "10 MB": ("title: " + "a" * 10_000_000, "file-too-large", "1:1", "split"),
    "directive nobody knows": (BRIEF.replace("Some stations", "::: tabel access\n      :::\n\n      Some"), "unknown-directive", "15:11", "'table'?"),
    "directive not closed": (BRIEF.replace("Some stations", "::: chart lifts\n\n      Some"), "directive", "15:11", "end it"),
    "directive with text": (BRIEF.replace("Some stations", "::: claim step-free\n      a\n      :::\n\n      Some"), "directive", "15:11", "outside"),
    "image": (BRIEF.replace("Some stations", "![x](x.png) Some"), "image-in-prose", "15:12", "::: image ID"),
    "placed twice": (BRIEF.replace("tables: [access]", "tables: [access, access]"), "placed-twice", "16:22", "first at"),
}  # fmt: skip


TWICE = """- id: {}
  title: Again
  accounts: [{{source: transit-2024, exact: We began in 2018.}}]
- id: works-begin"""

BAD_SEEDS = {
    "required key misspelt": ("events.yaml", "  accounts:", "  acounts:", "unknown-key", "4:3", "did you mean 'accounts'?"),
    "key of what another holds": ("claims.yaml", "themes: [access]", "basis: stated", "unknown-key", "3:3", "known: "),
    "date of the whole event": ("events.yaml", "  accounts:", "  date: 2019\n  accounts:", "unknown-key", "4:3", "belongs into 'accounts'"),
    "date with full stops": ("sources.yaml", "2024-05-06", "6.5.2024", "bad-date", "7:13", "write 2024-05-06"),
    "day or month first": ("sources.yaml", "2024-05-06", "6/5/2024", "bad-date", "7:13", "write 2024-05-06 or 2024-06-05"),
    "unknown key": ("quotes.yaml", "themes: [lifts]", "theme: [lifts]", "unknown-key", "5:3", "did you mean 'themes'?"),
    "missing key": ("quotes.yaml", "  speaker: ada-line\n", "", "missing-key", "1:3", "a person's id"),
    "unknown person": ("quotes.yaml", "speaker: ada-line", "speaker: ada-lime", "unknown-id", "3:12", "'ada-line'?"),
    "unknown source": ("events.yaml", "source: riders-2024", "source: rider-2024", "unknown-id", "6:16", "'riders-2024'?"),
    "unknown scope": ("claims.yaml", "themes: [access]", "scope: nordics", "unknown-id", "3:10", "'nordic'?"),
    "bad date": ("events.yaml", "date: 2019", "date: last year", "bad-date", "5:36", "2022~"),
    "bad stance": ("claims.yaml", "stance: disputes", "stance: dispute", "unknown-value", "12:37", "'disputes'?"),
    "id used twice": ("events.yaml", "- id: works-begin", TWICE.format("step-free"), "id-twice", "", "first in seeds/events.yaml:7"),
    "id of a file used twice": ("claims.yaml", "- id: plan-2030", TWICE.format("access").replace("title", "statement").replace("works-begin", "plan-2030"), "id-twice", "", "unique"),
    "bad id": ("people.yaml", "id: ada-line", "id: 'ada line'", "bad-value", "1:8", ""),
    "bad grade": ("sources.yaml", "grade: B2", "grade: Z9", "bad-grade", "8:46", "A-F"),
    "misspelt CSL": ("sources.yaml", "publisher: City Transit", "publishr: City Transit", "unknown-key", "", "'publisher'?"),
    "missing text": ("sources.yaml", "texts/transit.txt", "texts/transti.txt", "missing-source-text", "8:20", "'texts/transit.txt'?"),
    "text outside": ("sources.yaml", "texts/transit.txt", "../../../etc/hostname", "outside-project", "8:20", ""),
    "tampered quotation": ("quotes.yaml", "will have a lift", "will not have a lift", "words-not-found", "2:9", "paragraph 2, 1 word inserted: Every station will {+not+} have a lift"),
    "tampered account": ("events.yaml", "opened in 2019.", "opened in 2018.", "words-not-found", "5:49", "[-2019.-]{+2018.+}"),
    "words found twice": ("events.yaml", "exact: We began in 2018.", "exact: lift", "words-found-twice", "11:49", "prefix"),
    "row too short": ("tables/access.yaml", "[Street to train, 94]", "[Street to train]", "bad-table", "6:8", "access, stations"),
    "infinity for a count": ("tables/access.yaml", "94]", ".inf]", "bad-table", "6:26", ""),
    "no number for a count": ("tables/access.yaml", "94]", ".nan]", "bad-table", "6:26", ""),
    "word for number": ("tables/access.yaml", "94]", "many]", "bad-table", "6:26", ""),
    "unknown kind of chart": ("charts/lifts.yaml", "kind: timeline", "kind: timelin", "unknown-value", "1:7", "'timeline'?"),
    "unknown event": ("charts/lifts.yaml", "first-lift]", "first-lit]", "unknown-id", "5:23", "'first-lift'?"),
    "no alt": ("charts/lifts.yaml", "alt: Timeline of two events; the accounts of the first lift conflict.\n", "", "missing-key", "1:1", "alt"),
    "no front matter": ("sections/lifts.md", "---\ntitle: Lifts", "title: Lifts", "no-front-matter", "1:1", "---"),
    "unknown id in prose": ("sections/lifts.md", "[@first-lift]", "[@first-lit]", "unknown-id", "7:43", "'first-lift'?"),
    "YAML in front matter": ("sections/lifts.md", "title: Lifts", "title: a: b", "yaml-syntax", "2:9", ""),
}  # fmt: skip
