"""The organisation's colours and logo, and what a phone needs to put Genlyd on its home screen."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from genlyd.ui.access import public
from genlyd.ui.domain.colour import brand_css
from genlyd.ui.house import house_of

FOREVER = {"max_age": 31_536_000, "immutable": True}
#: What a logo may be; anything else is sent as a download and so never runs in a page.
PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}


@public
@require_safe
@cache_control(public=True, **FOREVER)
def colours(_: HttpRequest, accent: str) -> HttpResponse:
    """The roles that follow from an accent colour. The colour is the address: no look-up, cached for ever."""
    return HttpResponse(brand_css(f"#{accent}"), content_type="text/css; charset=utf-8")


@public
@require_safe
@cache_control(private=True, **FOREVER)
def logo(request: HttpRequest) -> HttpResponseBase:
    house = house_of(request)
    if not house.logo:
        raise Http404
    ending = (house.logo.name or "").rsplit(".", 1)[-1].lower()
    if ending not in PICTURES:
        raise Http404
    return FileResponse(house.logo.open("rb"), content_type=PICTURES[ending])


@public
@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(_: HttpRequest) -> JsonResponse:
    icons = [
        {
            "src": static(f"ui/img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    return JsonResponse(
        {
            "name": "Genlyd",
            "short_name": "Genlyd",
            "lang": get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf7f2",
            "theme_color": "#faf7f2",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
