"""The pages for readers: HTML that works without scripts."""

from index.errors import Failure
from search.web.exchange import HTML, Answer, Question
from search.web.pages.templates import filled
from search.web.settings import Settings


def fault(status: int, failure: Failure, question: Question, settings: Settings) -> Answer:
    """Return the page that tells of a fault."""
    return Answer(status, HTML, filled("fault.html", question, failure=failure, status=status).encode())
