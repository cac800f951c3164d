"""The web application: the page, and the workbench for those who look after it."""

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from page.blocks import WORKBENCH, mount_workbench
from page.helpful import Helpful
from page.respond import Assistant
from page.routes import answer_routes, page_routes
from page.shell import Shell
from page.texts import NAME


def create_app(assistant: Assistant) -> FastAPI:
    """Everything that is served, over one open index."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    helpful = Helpful(topic.id for topic in assistant.index.knowledge.topics)
    app.include_router(page_routes(assistant.index, is_streamed=assistant.model is not None))
    app.include_router(answer_routes(assistant, helpful))
    mount_workbench(app, assistant, helpful)
    app.add_middleware(Shell, path=WORKBENCH, title=f"{NAME}: workbench")
    app.add_middleware(GZipMiddleware)
    return app
