"""What the co-sign dialog prints."""

from django import template

from members.cosign import shown_lines, shown_title
from members.forms.cosign import CoSignForm
from members.models import CoSignature

register = template.Library()


@register.filter
def cosign_title(signature: CoSignature) -> str:
    """What is being signed, in the reader's language."""
    return shown_title(signature)


@register.filter
def cosign_lines(signature: CoSignature) -> list[tuple[str, str]]:
    """Its lines, in the reader's language."""
    return shown_lines(signature)


@register.simple_tag
def cosign_form() -> CoSignForm:
    """Empty fields for name and password."""
    return CoSignForm(auto_id="id_cosign_%s")
