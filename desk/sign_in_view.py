"""The pages before the desk: signing in, and how to set up who may."""

from collections.abc import Sequence
from html import escape


def sign_in_page(names: Sequence[str], target: str, problem: str = "") -> str:
    """The form; without a field for the name where all share one."""
    alert = f'<p class="problem" role="alert" id="problem">{escape(problem)}</p>' if problem else ""
    about = ' aria-describedby="problem"' if problem else ""
    name = (
        f'<input type="hidden" name="name" value="{escape(names[0])}">'
        if len(names) == 1
        else f'<label for="name">Name</label><input id="name" name="name" type="text" required autocomplete="username" '
        f'autocapitalize="none" maxlength="60" autofocus{about}>'
    )
    focus = " autofocus" if len(names) == 1 else ""
    return (
        '<article class="form narrow"><h1>Staff desk</h1><p>For the people who answer calls.</p>'
        f'{alert}<form method="post" action="/desk/sign-in">'
        f'<input type="hidden" name="target" value="{escape(target)}">'
        f'{name}<label for="password">Password</label><input id="password" name="password" type="password" required '
        f'autocomplete="current-password" maxlength="200"{focus}{about}>'
        '<p><button class="main">Sign in</button></p></form>'
        '<p>The documents are <a href="/documents">open to everybody</a>.</p></article>'
    )


def closed_page() -> str:
    """What to do when nobody may sign in yet."""
    return (
        '<article class="form narrow"><h1>The staff desk is closed</h1><p>Nobody has been given a password yet. '
        "On the machine that runs this page:</p><ol><li>Make a hash: <code>python -m desk password NAME</code></li>"
        "<li>Set <code>DUALS_NAVIGATOR_STAFF</code> to what it prints; several people are separated by commas</li>"
        "<li>Start the page again</li></ol>"
        '<p>The documents are <a href="/documents">open to everybody</a>.</p></article>'
    )
