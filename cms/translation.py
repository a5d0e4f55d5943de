"""Fields of the site's own pages that are kept in every language."""

from modeltranslation.translator import TranslationOptions, register

from cms.models import ContentPage, HomePage, NewsIndexPage, NewsPage, NewsPicture


@register([HomePage, ContentPage])
class TextPageTranslation(TranslationOptions):
    fields = ("heading", "body")


@register(NewsIndexPage)
class NewsIndexPageTranslation(TranslationOptions):
    fields = ("heading", "intro")


@register(NewsPage)
class NewsPageTranslation(TranslationOptions):
    fields = ("heading", "intro", "body")


@register(NewsPicture)
class NewsPictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
