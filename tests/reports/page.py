"""A parsed page: elements, attributes and texts, as a browser without scripts would see them."""
import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html, self.tags, self.attributes, self.open, self.pieces, self.unbalanced = html, [], [], [], [], []
        self.feed(html)
        self.close()

    @property
    def text(self):
        return re.sub(r"[ \n]+", " ", " ".join(self.pieces))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data):
        if "style" not in self.open:
            self.pieces.append(data)

    def values(self, name):
        return [value for _, attribute, value in self.attributes if attribute == name]

    def section(self, identifier):
        """The text of one case section, from its id to the next details element."""
        start = self.html.index(f'id="{identifier}"')
        end = self.html.find("</details>", start)
        return Page("<div " + self.html[start:end] + "</div>").text
