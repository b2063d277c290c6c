"""The page on which a user agrees that an application acts for them. There are no passwords: users are invented."""

import re
from collections.abc import Mapping
from html import escape

from converter.service.sandbox.oauth.grants import Application
from converter.service.sandbox.pages import page
from converter.service.sandbox.people import Caller, Role, user

_USERS = {
    Role.PRACTICE: "Practice User (invented)",
    Role.VIRTUAL_GROUP: "Virtual Group User (invented)",
    Role.APM_ENTITY: "APM Entity User (invented)",
}
_MOST_IDS = 100
_LONGEST_ID = 50


def ask_page(application: Application, asked: Mapping[str, str], address: str) -> str:
    """Return the page.

    Args:
        application: who asks.
        asked: the parameters of the request.
        address: where the decision is sent to.
    """
    hidden = "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    roles = "\n".join(f'<option value="{role.value}">{escape(name)}</option>' for role, name in _USERS.items())
    return page(
        "May this application act for you?",
        f"<p><strong>{escape(application.name)}</strong> asks for: {escape(asked['scope'])}.</p>\n"
        f'<form method="post" action="{escape(address)}">\n{hidden}\n'
        f'<label>You are <select name="role">\n{roles}\n</select></label>\n'
        '<label>TINs, or ids of entities, that you may act for (none: all)<input name="ids"></label>\n'
        '<p><button name="decision" value="allow">Allow</button>\n'
        '<button name="decision" value="deny">Do not allow</button></p>\n</form>',
    )


def user_of(fields: Mapping[str, str]) -> Caller:
    """Return the user that was chosen on the page; a practice where nothing was."""
    chosen = fields.get("role", Role.PRACTICE.value)
    role = next((one for one in _USERS if one.value == chosen), Role.PRACTICE)
    ids = [one for one in re.split(r"[\s,;]+", fields.get("ids", "")) if 0 < len(one) <= _LONGEST_ID]
    return user(_USERS[role], role, frozenset(ids[:_MOST_IDS]))
