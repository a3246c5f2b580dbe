"""A photo of a slip, for officers of the group only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from funds.models import Photo
from members.access import Right, group_or_404


@require_safe
@cache_control(private=True, no_store=True)
def photo(request: HttpRequest, group_code: str, photo_id: int) -> HttpResponse:
    """Send the picture itself."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = Photo.objects.filter(group=group, pk=photo_id).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.jpeg), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{group.code}-{found.pk}.jpg"'
    return response
