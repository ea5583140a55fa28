"""Settings of the tests: the real ones, on a database that each run makes and throws away.

ACCORD_TEST_DATABASE_URL names another database server; `python -m scripts.postgres` sets it.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="accord-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.makedirs(os.path.join(_folder, "static"))

for _name in [name for name in os.environ if name.startswith("ACCORD_") and not name.startswith("ACCORD_TEST_")]:
    del os.environ[_name]
os.environ["ACCORD_DATA"] = _folder
os.environ["ACCORD_SECRET_KEY"] = "tests"
if "ACCORD_TEST_DATABASE_URL" in os.environ:
    os.environ["ACCORD_DATABASE_URL"] = os.environ["ACCORD_TEST_DATABASE_URL"]
# Playwright keeps an event loop in the thread of the tests it shares a process with; Django would take them for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from accord.web.settings import *  # noqa: E402, F403 - only after the environment is set

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SECURE_SSL_REDIRECT = False  # the test client speaks plain HTTP; the redirect has a test of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; Argon2 has a test of its own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
