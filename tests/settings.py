"""Settings of the tests: the real ones, on a database that each run makes and throws away."""
SECRET_KEY = "tests"
USE_TZ = True
