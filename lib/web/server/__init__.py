"""What surrounds Streamlit: warm-up, the front end's files, the first page, headers, health."""

from lib.web.server.door import anchor, lifespan, middleware, routes, unexpected
from lib.web.server.front_end import FrontEnd
from lib.web.server.headers import Guard
from lib.web.server.no_page import NoPage
from lib.web.server.same_site import SameSite
from lib.web.server.uploads import Uploads
from lib.web.server.warm_up import WarmUp

__all__ = [
    "FrontEnd",
    "Guard",
    "NoPage",
    "SameSite",
    "Uploads",
    "WarmUp",
    "anchor",
    "lifespan",
    "middleware",
    "routes",
    "unexpected",
]
