"""Where a signature asked for stands: still to be given, given, or lapsed."""

from django.utils import timezone

from members.models import CoSignature


def live_signature(signature: CoSignature | None) -> CoSignature | None:
    """The signature while it can still be given or used."""
    if signature is None or signature.used_at is not None or signature.expires_at <= timezone.now():
        return None
    return signature
