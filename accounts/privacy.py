"""What each field is kept for, how long, and who may read it.

Every field of every model of ours, and of those a library keeps for who signs in, stands in a register
(`dispatch.models.privacy.REGISTER` is the whole of it); a test fails for one that does not. Purging,
exporting and log filters come from it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a field is kept, how long, and for whom.

    `kept_days` counts from the end of what the row is about; None: as long as the row itself.
    `telling`: the value alone says who or where; no log line ever carries it.
    """

    purpose: str
    kept_days: int | None
    readers: frozenset[str]
    personal: bool = True
    telling: bool = False


def build_rule(purpose: str, kept_days: int | None, readers: str, *, telling: bool = False) -> Rule:
    """Build the rule of personal fields; `readers` are words."""
    return Rule(purpose, kept_days, frozenset(readers.split()), telling=telling)


def fields(**groups: tuple[Rule, str]) -> dict[str, Rule]:
    """Build a model's part of the register: each group is a rule and the fields it holds for."""
    return {name: rule for rule, names in groups.values() for name in names.split()}


# Says nothing about a person, not even together with its row.
PLAIN = Rule("runs the service", None, frozenset({"staff"}), personal=False)
SIGN_IN = build_rule("sign-in", None, "self")
SECRET = build_rule("sign-in", None, "nobody", telling=True)
CONTACT = build_rule("to know and reach a person", None, "self dispatcher owner", telling=True)
KNOWN = build_rule("to tell a person from others", None, "self dispatcher owner")
WORK = build_rule("to know what a person may do", None, "self dispatcher owner")
CREDENTIAL = build_rule("sign-in of a device", None, "nobody", telling=True)
INVITED = build_rule("to bring staff in", None, "owner")
ADDRESS = build_rule("to bring staff in", None, "owner", telling=True)
ASKED_OF_US = build_rule("to prove what was asked about an account", 1095, "self owner")
SEEN = build_rule("to show where one is signed in", None, "self", telling=True)
NOBODYS = build_rule("sign-in", None, "nobody")
BY_HAND = build_rule("to know who changed what by hand", None, "self owner")
NAMED = build_rule("to know who changed what by hand", None, "owner", telling=True)
ROLES = build_rule("to know who gave which right", None, "owner")

ACCOUNTS: dict[str, dict[str, Rule]] = {
    "accounts.Operator": fields(plain=(PLAIN, "id name second_factor_required created_at")),
    "accounts.Person": fields(
        secret=(SECRET, "password"),
        sign_in=(SIGN_IN, "last_login is_active created_at"),
        known=(KNOWN, "id"),
        contact=(CONTACT, "email name"),
        work=(WORK, "is_staff is_superuser groups user_permissions"),
    ),
    "accounts.Membership": fields(work=(WORK, "id person operator role created_at")),
    "accounts.Invitation": fields(
        invited=(INVITED, "id operator role invited_by created_at expires_at accepted_at revoked_at"),
        address=(ADDRESS, "email"),
        credential=(CREDENTIAL, "secret_sha256"),
    ),
    "accounts.AccountAct": fields(asked=(ASKED_OF_US, "id what actor person operator at")),
    "accounts.RoleChange": fields(work=(ROLES, "id operator actor person before after at")),
    "accounts.Device": fields(
        plain=(PLAIN, "id operator unit label created_at revoked_at"),
        credential=(CREDENTIAL, "secret_sha256"),
    ),
}

# Kept by the libraries for who signs in; all of it goes with the person.
LIBRARIES: dict[str, dict[str, Rule]] = {
    "account.EmailAddress": fields(sign_in=(SIGN_IN, "id user verified primary"), contact=(CONTACT, "email")),
    "account.EmailConfirmation": fields(
        sign_in=(SIGN_IN, "id email_address created sent"), secret=(SECRET, "key")
    ),
    "mfa.Authenticator": fields(
        sign_in=(SIGN_IN, "id user type created_at last_used_at"), secret=(SECRET, "data")
    ),
    "usersessions.UserSession": fields(
        sign_in=(SIGN_IN, "id user created_at last_seen_at data"),
        where=(SEEN, "ip user_agent"),
        secret=(SECRET, "session_key"),
    ),
    "sessions.Session": fields(sign_in=(NOBODYS, "expire_date"), secret=(SECRET, "session_key session_data")),
    "knox.AuthToken": fields(sign_in=(SIGN_IN, "user created expiry"), secret=(SECRET, "digest token_key")),
    "admin.LogEntry": fields(
        done=(BY_HAND, "id action_time user content_type object_id action_flag"),
        named=(NAMED, "object_repr change_message"),
    ),
}
