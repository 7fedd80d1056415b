"""Static files under names that change with their content, so that a browser keeps each for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names also the modules that a module imports: an old one is never mixed with a new one."""

    support_js_module_import_aggregation = True
