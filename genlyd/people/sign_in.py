"""Which ways of signing in a person has, for their own page."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from genlyd.people.models import User


@dataclass(frozen=True)
class Ways:
    has_password: bool
    has_totp: bool
    passkeys: int
    has_recovery_codes: bool


def ways_to_sign_in(user: User) -> Ways:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Ways(
        has_password=user.has_usable_password(),
        has_totp=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )
