"""HTML -> Markdown text, which the layout step reads like any other. The only module that uses BeautifulSoup."""

# Menus, scripts and fields are not the document's words; a form can be the whole page, as SharePoint writes it.
_NOT_CONTENT = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "button",
    "select",
    "textarea",
    "iframe",
    "header",
    "footer",
]


def html_text(markup: str) -> str:
    """The page's content as Markdown: headings, paragraphs, lists and table rows, without links' addresses."""
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(markup, "html.parser")
    for element in soup.find_all(_NOT_CONTENT):
        if element.name not in ("header", "footer") or element.find_parent(["main", "article"]) is None:
            element.decompose()
    content = soup.find("main") or soup.body or soup
    converter = MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        strip=["a", "img", "b", "strong", "i", "em", "code"],
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
        newline_style="backslash",
        wrap=True,  # line ends in the markup are not the page's
        wrap_width=None,
    )
    return converter.convert_soup(content).replace("\\\n", "\n")
