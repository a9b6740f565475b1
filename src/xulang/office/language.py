"""In which language the office speaks: Vietnamese, unless the person has chosen otherwise, on whatever machine."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.i18n import set_language

from xulang.organisation import services
from xulang.organisation.models import Person

LANGUAGE = "language"  # in the session: the person's own


def choose(request: HttpRequest) -> HttpResponseBase:
    """The switch on every page: Django's own, remembered for the person where one is logged in."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, Person) and chosen in dict(settings.LANGUAGES):
        services.speak(person=request.user, language=chosen)
        request.session[LANGUAGE] = chosen
    return set_language(request)


class ChosenLanguage:
    """Middleware. Goes by the choice alone: the browsers of most offices ask for English though nobody set them so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(LANGUAGE) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response
