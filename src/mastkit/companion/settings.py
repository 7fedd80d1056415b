"""Django's settings, made from the environment. Secure as they stand; `docs/companion.md` lists each variable."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mastkit.companion.configuration import environment
from mastkit.companion.configuration.database import database
from mastkit.companion.configuration.home import home
from mastkit.companion.configuration.logs import LOGGING as LOGGING
from mastkit.companion.configuration.mail import mail
from mastkit.companion.configuration.security import CONTENT_POLICY, origin
from mastkit.companion.keys import unlocked

PACKAGE = Path(__file__).resolve().parent
HOME = home()
ORIGIN = origin(environment.text("MASTKIT_ORIGIN", "http://localhost:8321"))

DEBUG = False
SECRET_KEY = environment.secret("MASTKIT_SECRET_KEY") or unlocked.secret_key(HOME)
ALLOWED_HOSTS = ORIGIN.hosts
ROOT_URLCONF = "mastkit.companion.urls"
WSGI_APPLICATION = "mastkit.companion.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "mastkit.companion.accounts",
    "mastkit.companion.people",
    "mastkit.companion.store",
    "mastkit.companion.exchange",
    "mastkit.companion.audit",
    "mastkit.companion.sharing",
    "mastkit.companion.reminders",
    "mastkit.companion.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mastkit.companion.headers.PrivateByDefault",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mastkit.companion.accounts.preferences.PreferencesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mastkit.companion.accounts.preferences.preferences",
                "mastkit.companion.pages.context.companion",
            ]
        },
    }
]

DATABASES = {"default": database(environment.secret("MASTKIT_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One process with the encrypted file; several may stand before PostgreSQL, and they must count attempts together.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "companion_cache"}
        if environment.secret("MASTKIT_DATABASE_URL")
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Times are kept in UTC; which zone a page shows is the person's choice.
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SECURE = ORIGIN.secure
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = environment.path("MASTKIT_STATIC", HOME / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "mastkit.companion.statics.Statics"},
}
WHITENOISE_MAX_AGE = 3600

# Sign-in. There is no open sign-up, and no e-mail address is needed.
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "mastkit.companion.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = environment.whole("MASTKIT_REAUTHENTICATE_SECONDS", 900)
ACCOUNT_USERNAME_MIN_LENGTH = 2
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
MFA_ADAPTER = "mastkit.companion.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "mastkit"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Browsers allow passkeys without TLS on this machine alone, and so do we.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ORIGIN.loopback

# Reminders by e-mail; without a mail server none are offered. Nothing else sends mail, Django itself least of all.
MAIL = mail()
REMIND_MINUTES = environment.whole("MASTKIT_REMIND_MINUTES", 15)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# The browser.
CONTENT_SECURITY_POLICY = CONTENT_POLICY
CSRF_TRUSTED_ORIGINS = [str(ORIGIN)]
CSRF_FAILURE_VIEW = "mastkit.companion.refusals.csrf_failure"
SESSION_COOKIE_NAME = "__Host-mastkit" if ORIGIN.secure else "mastkit"
SESSION_COOKIE_SECURE = ORIGIN.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * environment.whole("MASTKIT_SESSION_DAYS", 30)
CSRF_COOKIE_NAME = "__Host-mastkit-csrf" if ORIGIN.secure else "mastkit-csrf"
CSRF_COOKIE_SECURE = ORIGIN.secure
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = ORIGIN.secure
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 31_536_000 if ORIGIN.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# TLS ends at a web server before this one. Only that server is believed when it says who asks, and how.
PROXY = environment.text("MASTKIT_PROXY", "127.0.0.1" if ORIGIN.secure else "")
if PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# An upload stays in memory: a file in a temporary folder would lie there in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = environment.whole("MASTKIT_UPLOAD_MB", 25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = environment.whole("MASTKIT_UPLOAD_MB", 25) * 1024 * 1024
