"""Things with a name in each language of the plant."""

from django.utils.translation import get_language


class TwoNames:
    """Master data with `name` and `name_zh`: pages show the title, what is kept and signed names the code."""

    code: str
    name: str
    name_zh: str

    @property
    def title(self) -> str:
        """The name in the reader's language, where there is one."""
        is_chinese = (get_language() or "").startswith("zh")
        return (is_chinese and self.name_zh) or self.name
