"""What a password must not be, said in the words of the house."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _


class LongEnough(django_rules.MinimumLengthValidator):
    """A password has a least length."""

    def get_error_message(self) -> str:
        """Say how long."""
        return _("The password needs at least %(length)s characters.") % {"length": self.min_length}


class NotCommon(django_rules.CommonPasswordValidator):
    """A password is none of those that everybody tries."""

    def get_error_message(self) -> str:
        """Say so."""
        return _("Many people use this password. Please choose another.")


class NotOnlyFigures(django_rules.NumericPasswordValidator):
    """A password is more than a number: birth dates and telephone numbers are known."""

    def get_error_message(self) -> str:
        """Say so."""
        return _("The password needs letters as well as figures.")


class NotTheName(django_rules.UserAttributeSimilarityValidator):
    """A password is not the user's own name."""

    def get_error_message(self) -> str:
        """Say so."""
        return _("The password is too much like your name. Please choose another.")
