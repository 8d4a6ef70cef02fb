"""A brief made by hand, rendered to a page and laid out."""

from c6brief.documents.problems import Place, Problems
from c6brief.pages.page import BASE, render_page
from c6brief.pages.search import shipped_templates
from c6brief.print.layout_cache import make_layouts
from c6brief.print.mending.mend import Mender

HERE = Place("briefs/x.yaml")
TEMPLATE = shipped_templates() / "policy-brief"


def page_of(brief, template="policy-brief", project=None):
    problems = Problems()
    page = render_page(brief, template, project, problems, HERE)
    assert page is not None, "\n".join(map(str, problems))
    return page


def typeset(brief, project=None, settled=True):
    """The laid out document of a brief in the policy brief, as shipped or as the project has it."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    page = page_of(brief, project=project)

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            path = page.resolve(url)
            assert path is not None, f"the page asks for {url}"
            kind = {".css": "text/css", ".ttf": "font/ttf"}[path.suffix]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    html = HTML(string=page.html, base_url=BASE, url_fetcher=Fetcher(allowed_protocols=()))
    if not settled:
        return html.render()
    return Mender(html.etree_element, make_layouts(html, "pdf/ua-1").lay_out_adjusted).mend().document
